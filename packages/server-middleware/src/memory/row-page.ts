import type { RowPage } from '../ports/pages.ts'

type Row = { id: string; accountRef: string; createdAt: Date }

/** The page of these rows. */
export const rowsOf = <Each extends Row>(rows: readonly Each[], page: RowPage): readonly Each[] => {
  const { after, limit, accountRef, since } = page
  return rows
    .filter(({ id }) => after === null || id > after)
    .filter((row) => accountRef === undefined || row.accountRef === accountRef)
    .filter(({ createdAt }) => since === undefined || createdAt >= since)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, limit)
}
