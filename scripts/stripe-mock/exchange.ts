/** A request that the simulator was sent, and what it said. */
export type Exchange = {
  method: string
  url: string
  authorization?: string
  body: string
  status: number
  answer: string
}

export type Reply = Pick<Exchange, 'status' | 'answer'>

const id = /\b(?!pm_card_|tok_)[a-z]+(?:_test)?_(?=\w*[A-Z0-9])\w{8,}\b/g

/** `POST /v1/customers/{id}`: the request without what differs from run to run. */
export const routeOf = ({ method, url }: Pick<Exchange, 'method' | 'url'>): string =>
  `${method} ${(url.split('?')[0] ?? '').replaceAll(id, '{id}')}`

const parametersOf = ({ url, body }: Exchange): string =>
  [url.split('?')[1] ?? '', body]
    .flatMap((text) => decodeURIComponent(text.replaceAll('+', ' ')).split('&'))
    .map((pair) => pair.replaceAll(id, '{id}').replaceAll(/\d{4,}/g, '{n}'))
    .sort()
    .join('&')

/** One of each: requests that differ in ids and numbers alone are the same request. */
export const distinct = (exchanges: readonly Exchange[]): Exchange[] => {
  const known = new Map(exchanges.map((each) => [`${routeOf(each)} ${parametersOf(each)} ${each.status}`, each]))
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
}
