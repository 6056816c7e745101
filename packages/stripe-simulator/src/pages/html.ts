/** Markup that may stand in a page as it is. Only `html` makes it, so everything else is escaped. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

/** What may be put into a template; nothing, `false` and empty lists put nothing there. */
export type Content = Html | string | number | false | null | undefined | readonly Content[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

const markupOf = (content: Content): string => {
  if (content instanceof Html) return content.markup
  if (Array.isArray(content)) return content.map(markupOf).join('')
  return content === null || content === undefined || content === false ? '' : escaped(String(content))
}

/** A template whose values are escaped, in text and in quoted attributes alike. */
export const html = (strings: TemplateStringsArray, ...contents: readonly Content[]): Html =>
  new Html(strings.map((string, index) => string + markupOf(contents[index])).join(''))
