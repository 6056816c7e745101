/** Rows by id. What goes in and what comes out are copies, as with a database. */
export type Table<Row> = {
  get(id: string): Row | null
  put(id: string, row: Row): Row
  remove(id: string): void
  list(): Row[]
}

export const createTable = <Row>(): Table<Row> => {
  const rows = new Map<string, Row>()
  return {
    get(id) {
      const row = rows.get(id)
      return row === undefined ? null : structuredClone(row)
    },
    put(id, row) {
      rows.set(id, structuredClone(row))
      return row
    },
    remove: (id) => void rows.delete(id),
    list: () => structuredClone([...rows.values()]),
  }
}
