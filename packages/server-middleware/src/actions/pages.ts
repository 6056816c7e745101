import type { RowPage } from '../ports/pages.ts'

const rowsAtOnce = 100

type ListRows<Row> = (page: Pick<RowPage, 'after' | 'limit'>) => Promise<readonly Row[]>

/** A page of rows and the id to go on from; null at the end. */
export const pageAfter = async <Row>(list: ListRows<Row>, idOf: (row: Row) => string, after: string | null) => {
  const rows = await list({ after, limit: rowsAtOnce })
  const last = rows.at(-1)
  return { rows, next: last !== undefined && rows.length === rowsAtOnce ? idOf(last) : null }
}

/** All rows, one after the other. */
export async function* allRows<Row extends { id: string }>(list: ListRows<Row>): AsyncIterable<Row> {
  let after: string | null = null
  do {
    const { rows, next }: { rows: readonly Row[]; next: string | null } = await pageAfter(list, ({ id }) => id, after)
    yield* rows
    after = next
  } while (after !== null)
}
