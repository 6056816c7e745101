import type { CatalogChange } from '../domain/provider-call.ts'

/** Lines of words in columns. */
export const toTable = (changes: readonly CatalogChange[]): string => {
  const rows = changes.map(({ change, object, name }) => [change, object, name])
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((word, column) => word.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
