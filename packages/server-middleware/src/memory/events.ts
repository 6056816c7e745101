import type { ProviderEvent } from '../domain/event.ts'
import type { EventInbox } from '../ports.ts'
import { createTable } from './table.ts'

type Row = {
  event: ProviderEvent
  state: 'received' | 'failed' | 'done' | 'ignored'
  owner: string | null
  leasedUntil: Date | null
  attempts: number
  error: string | null
  receivedAt: Date
  settledAt: Date | null
}

export const createEvents = (): EventInbox => {
  const rows = createTable<Row>()
  const change = (id: string, owner: string, outcome: Pick<Row, 'state'> & Partial<Row>) => {
    const row = rows.get(id)
    if (row?.owner === owner) rows.put(id, { ...row, ...outcome, owner: null, leasedUntil: null })
  }

  return {
    async claim(event, { owner, now, until }) {
      const row = rows.get(event.id)
      if (row?.state === 'done' || row?.state === 'ignored') return 'done'
      if (row?.leasedUntil && now < row.leasedUntil) return 'busy'
      const fresh = { event, error: null, settledAt: null, attempts: 0, receivedAt: now }
      const { attempts, ...known } = row ?? fresh
      rows.put(event.id, { ...known, state: 'received', owner, leasedUntil: until, attempts: attempts + 1 })
      return 'mine'
    },
    async settle(id, owner, { state, now }) {
      change(id, owner, { state, settledAt: now, error: null })
    },
    async fail(id, owner, { error }) {
      change(id, owner, { state: 'failed', error })
    },
    async state() {
      const all = rows.list().toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
      const pending = all.filter((row) => row.state === 'received')
      return {
        lastReceivedAt: all.at(-1)?.receivedAt ?? null,
        oldestPendingAt: pending[0]?.receivedAt ?? null,
        pending: pending.length,
        failed: all.filter((row) => row.state === 'failed').length,
      }
    },
  }
}
