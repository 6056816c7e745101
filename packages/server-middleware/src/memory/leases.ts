import type { LeaseStore } from '../ports/leases.ts'
import { createTable } from './table.ts'

export const createLeases = (): LeaseStore => {
  const rows = createTable<{ owner: string; until: Date }>()
  return {
    async take(name, { owner, now, until }) {
      const held = rows.get(name)
      if (held && held.owner !== owner && held.until > now) return false
      rows.put(name, { owner, until })
      return true
    },
    async release(name, owner) {
      if (rows.get(name)?.owner === owner) rows.remove(name)
    },
  }
}
