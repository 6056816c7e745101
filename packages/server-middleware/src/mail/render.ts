import type { Letter, Link } from './letter.ts'

/** A letter as a mail client without HTML shows it. */
export const toText = ({ paragraphs, link }: Letter, signature: string): string => {
  const shown = webLink(link)
  return [...paragraphs, ...(shown ? [`${shown.label}: ${shown.url}`] : []), signature].join('\n\n')
}

const style = 'margin:0 auto;max-width:36rem;padding:1.5rem;font:1rem/1.5 system-ui,sans-serif'

type Page = { language: string; signature: string }

/** The same as one HTML page, with nothing in it that was not escaped: no scripts, images or styles from elsewhere. */
export const toHtml = (letter: Letter, { language, signature }: Page): string => {
  const link = webLink(letter.link)
  const paragraphs = [
    ...letter.paragraphs.map(toSafe),
    ...(link ? [`<a href="${toSafe(link.url)}">${toSafe(link.label)}</a>`] : []),
    toSafe(signature),
  ]
  return [
    '<!doctype html>',
    `<html lang="${toSafe(language)}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${toSafe(letter.subject)}</title></head>`,
    `<body><main style="${style}">`,
    ...paragraphs.map((paragraph) => `<p>${paragraph}</p>`),
    '</main></body>',
    '</html>',
  ].join('\n')
}

/** One line, so that it stays one header. */
export const toHeader = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

const webLink = (link: Link | null | undefined): Link | null =>
  link && URL.canParse(link.url) && /^https?:$/.test(new URL(link.url).protocol) ? link : null

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const toSafe = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
