import type { Mark, MarkStore } from '../ports/marks.ts'
import { createTable } from './table.ts'

export const createMarks = (): MarkStore => {
  const rows = createTable<Mark>()
  return {
    async find(name) {
      return rows.get(name)
    },
    async save(name, mark) {
      rows.put(name, mark)
    },
  }
}
