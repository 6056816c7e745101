import type { RequestKey, RequestLog, StoredAnswer } from '../ports/requests.ts'
import { createTable } from './table.ts'

type Row = { fingerprint: string; claimedAt: Date; leasedUntil: Date; answer: StoredAnswer | null }

const keptMilliseconds = 30 * 86_400_000

export const createRequests = (): RequestLog => {
  const rows = createTable<Row>()
  const unforgotten = (id: string, now: Date): Row | null => {
    const row = rows.get(id)
    return row && now.getTime() < row.claimedAt.getTime() + keptMilliseconds ? row : null
  }

  return {
    async claim({ fingerprint, now, until, ...request }) {
      const id = idOf(request)
      const row = unforgotten(id, now)
      if (row && row.fingerprint !== fingerprint) return { outcome: 'conflict' }
      if (row?.answer) return { outcome: 'answered', answer: row.answer }
      if (row && now < row.leasedUntil) return { outcome: 'in_progress' }
      rows.put(id, { fingerprint, claimedAt: now, leasedUntil: until, answer: null })
      return { outcome: 'new' }
    },
    async answer(request, answer) {
      const row = rows.get(idOf(request))
      if (row && row.answer === null) rows.put(idOf(request), { ...row, answer })
    },
    async release(request) {
      if (rows.get(idOf(request))?.answer === null) rows.remove(idOf(request))
    },
  }
}

const idOf = ({ scope, key }: RequestKey): string => JSON.stringify([scope, key])
