import type { EventInbox, EventPage, InboxEvent, IncomingEvent, Lease } from '../ports/inbox.ts'
import { createTable, type Table } from './table.ts'

/** `owner` has it until `dueAt`. */
type Row = InboxEvent & { owner: string | null }

export const createEvents = (): EventInbox => {
  const rows = createTable<Row>()
  return { ...forWorkers(rows), ...forOperators(rows) }
}

type ForWorkers = Pick<EventInbox, 'add' | 'claim' | 'claimDue' | 'countReceived' | 'settle' | 'fail'>

const forWorkers = (rows: Table<Row>): ForWorkers => {
  const change = (id: string, owner: string, outcome: Partial<Row>) => {
    const row = rows.get(id)
    if (row?.owner === owner) rows.put(id, { ...row, owner: null, dueAt: null, ...outcome })
  }
  const lease = (row: Row, { owner, until }: Lease): Row =>
    rows.put(row.id, { ...row, state: 'received', owner, dueAt: until, attempts: row.attempts + 1 })

  return {
    async add(event, now) {
      if (rows.get(event.id)) return 'known'
      rows.put(event.id, toRow(event, now))
      return 'added'
    },
    async claim(event, given) {
      const row = rows.get(event.id) ?? toRow(event, given.now)
      if (isSettled(row)) return { outcome: 'done' }
      if (!isFree(row, given.now)) return { outcome: 'busy' }
      return { outcome: 'mine', attempts: lease(row, given).attempts }
    },
    async claimDue(given, mostSubjects, dueSince = given.now) {
      const due = rows
        .list()
        .filter((row) => isDue(row, given.now))
        .toSorted((a, b) => Number(a.dueAt) - Number(b.dueAt))
      const waiting = due.filter((row) => isDue(row, dueSince)).slice(0, mostSubjects)
      const subjects = new Set(waiting.map(({ subject }) => subject))
      return due.filter(({ subject }) => subjects.has(subject)).map((row) => toEvent(lease(row, given)))
    },
    async countReceived(since, most) {
      return Math.min(most, rows.list().filter(({ receivedAt }) => receivedAt >= since).length)
    },
    async settle(ids, owner, { state, now }) {
      for (const id of ids) change(id, owner, { state, settledAt: now, error: null })
    },
    async fail(id, owner, { error, now, retryAt }) {
      if (retryAt) change(id, owner, { state: 'failed', error, dueAt: retryAt })
      else change(id, owner, { state: 'dead', error, settledAt: now })
    },
  }
}

const forOperators = (rows: Table<Row>): Omit<EventInbox, keyof ForWorkers> => {
  const newestFirst = () => rows.list().toSorted((a, b) => (isOlder(a, b) ? 1 : -1))

  return {
    async find(id) {
      const row = rows.get(id)
      return row && toEvent(row)
    },
    async list(states, { before, limit }) {
      const found = newestFirst().filter((row) => states.includes(row.state) && (!before || isOlder(row, before)))
      return found.slice(0, limit).map(toEvent)
    },
    async requeue(id, now) {
      const row = rows.get(id)
      if (!row || !isFree(row, now)) return false
      rows.put(id, { ...row, state: 'received', owner: null, dueAt: now, attempts: 0, settledAt: null })
      return true
    },
    async erasePayloads(providerCustomerId) {
      const said = rows.list().filter((row) => row.providerCustomerId === providerCustomerId && row.payload !== null)
      for (const row of said) rows.put(row.id, { ...row, payload: null })
      return said.length
    },
    async state() {
      const all = newestFirst()
      const count = (state: Row['state']) => all.filter((row) => row.state === state).length
      return {
        lastReceivedAt: all[0]?.receivedAt ?? null,
        oldestPendingAt: all.findLast((row) => row.state === 'received')?.receivedAt ?? null,
        pending: count('received'),
        failed: count('failed'),
        dead: count('dead'),
      }
    },
  }
}

type Position = NonNullable<EventPage['before']>

const isOlder = (a: Position, b: Position): boolean =>
  a.receivedAt < b.receivedAt || (a.receivedAt.getTime() === b.receivedAt.getTime() && a.id < b.id)

const isSettled = ({ state }: Row): boolean => state === 'done' || state === 'ignored'

const isDue = ({ dueAt }: Row, now: Date): boolean => dueAt !== null && dueAt <= now

const isFree = (row: Row, now: Date): boolean => row.owner === null || isDue(row, now)

const toRow = (event: IncomingEvent, now: Date): Row => ({
  ...event,
  state: 'received',
  owner: null,
  attempts: 0,
  error: null,
  receivedAt: now,
  dueAt: now,
  settledAt: null,
})

const toEvent = ({ owner: _owner, ...event }: Row): InboxEvent => event
