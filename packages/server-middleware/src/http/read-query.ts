/** The query as it stands in the URL: the host's query parser has no say. A name that is given twice is a list. */
export const readQuery = (url: string): Readonly<Record<string, string | string[]>> => {
  const start = url.indexOf('?')
  const parameters = new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
  const names = [...new Set(parameters.keys())]
  return Object.fromEntries(names.map((name) => [name, single(parameters.getAll(name))]))
}

const single = (values: string[]): string | string[] => (values.length === 1 ? (values[0] ?? '') : values)
