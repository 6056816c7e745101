import type { LeaseStore } from '../ports/leases.ts'
import type { Database } from './database.ts'

interface LeaseDocument {
  _id: string
  owner: string
  until: Date
}

export const createLeases = (database: Database): LeaseStore => {
  const rows = database.rows<LeaseDocument>({ name: 'leases', indexes: [] })
  return {
    async take(name, { owner, now, until }) {
      const free = { _id: name, $or: [{ owner }, { until: { $lte: now } }] }
      if (await rows.update(free, { $set: { owner, until } })) return true
      return (await rows.insert({ _id: name, owner, until })) === 'inserted'
    },
    async release(name, owner) {
      await rows.remove({ _id: name, owner })
    },
  }
}
