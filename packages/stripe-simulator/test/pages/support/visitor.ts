/** What somebody without a script sees: the page as text, or where it sends them. */
export interface Seen {
  readonly status: number
  readonly goesTo: string | null
  readonly html: string
  /** The words on it, white space collapsed. */
  readonly text: string
  readonly headers: Headers
}

const wordsOf = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')

const seenIn = async (response: Response): Promise<Seen> => {
  const html = await response.text()
  const { status, headers } = response
  return { status, goesTo: headers.get('location'), html, text: wordsOf(html), headers }
}

export const look = async (url: string): Promise<Seen> => seenIn(await fetch(url, { redirect: 'manual' }))

/** Sends a form as a browser does that has the page open. */
export const send = async (url: string, fields: Record<string, string>, origin = new URL(url).origin): Promise<Seen> =>
  seenIn(
    await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(fields),
      headers: { Origin: origin },
    }),
  )

/** A card as the forms take it. */
export const card = (number: string): Record<string, string> => ({ number, expiry: '12/34', cvc: '123', name: 'Alice' })

export const good = card('4242 4242 4242 4242')
