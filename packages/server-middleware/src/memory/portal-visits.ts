import type { PortalVisits } from '../ports/portal-visits.ts'
import { createTable } from './table.ts'

export const createPortalVisits = (): PortalVisits => {
  const accounts = createTable<string>()
  return {
    async open(token, accountRef) {
      accounts.put(token, accountRef)
    },
    async close(token, accountRef) {
      if (accounts.get(token) !== accountRef) return false
      accounts.remove(token)
      return true
    },
  }
}
