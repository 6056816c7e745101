import type { Mark, MarkStore } from '../ports/marks.ts'
import type { Database } from './database.ts'

type MarkDocument = Mark & { _id: string }

export const createMarks = (database: Database): MarkStore => {
  const rows = database.rows<MarkDocument>({ name: 'marks', indexes: [] })
  return {
    async find(name) {
      const found = await rows.find({ _id: name })
      return found && toMark(found)
    },
    async save(name, mark) {
      await rows.change({ _id: name }, { $set: mark }, { upsert: true })
    },
  }
}

const toMark = ({ _id, ...mark }: MarkDocument): Mark => mark
