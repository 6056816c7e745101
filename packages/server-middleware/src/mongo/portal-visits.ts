import type { PortalVisits } from '../ports/portal-visits.ts'
import type { Database } from './database.ts'
import { type Declaration, days } from './indexes.ts'

interface PortalVisitDocument {
  _id: string
  accountRef: string
  openedAt: Date
}

const portalVisits: Declaration = {
  name: 'portal_visits',
  indexes: [{ name: 'openedAt', key: { openedAt: 1 }, ...days(7) }],
}

export const createPortalVisits = (database: Database): PortalVisits => {
  const rows = database.rows<PortalVisitDocument>(portalVisits)
  return {
    async open(token, accountRef, now) {
      await rows.insert({ _id: token, accountRef, openedAt: now })
    },
    close: (token, accountRef) => rows.remove({ _id: token, accountRef }),
  }
}
