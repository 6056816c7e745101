import type { Lease } from '../ports/inbox.ts'
import type { Outbox, OutboxPosition, Outgoing, OutgoingState } from '../ports/outbox.ts'
import { createTable, type Table } from './table.ts'

/** `owner` has it until `dueAt`. */
export type OutboxRow<Item> = Outgoing<Item> & { owner: string | null }

export const createOutbox = <Item extends { key: string }>(
  rows: Table<OutboxRow<Item>> = createTable<OutboxRow<Item>>(),
): Outbox<Item> => ({ ...forSenders(rows), ...forOperators(rows) })

type ForSenders<Item extends { key: string }> = Pick<Outbox<Item>, 'add' | 'claim' | 'claimDue' | 'sent' | 'fail'>

const forSenders = <Item extends { key: string }>(rows: Table<OutboxRow<Item>>): ForSenders<Item> => {
  const change = (key: string, owner: string, outcome: Partial<OutboxRow<Item>>) => {
    const row = rows.get(key)
    if (row?.owner === owner) rows.put(key, { ...row, owner: null, dueAt: null, ...outcome })
  }
  const lease = (row: OutboxRow<Item>, { owner, until }: Lease) =>
    rows.put(row.item.key, { ...row, state: 'pending', owner, dueAt: until, attempts: row.attempts + 1 })

  return {
    async add(items, now) {
      for (const item of items) if (!rows.get(item.key)) rows.put(item.key, toRow(item, now))
    },
    async claim(item, given) {
      const row = rows.get(item.key) ?? toRow(item, given.now)
      if (row.state === 'sent' || row.state === 'dead') return { outcome: 'done' }
      if (!isFree(row, given.now)) return { outcome: 'busy' }
      return { outcome: 'mine', attempts: lease(row, given).attempts }
    },
    async claimDue(given, limit) {
      const due = rows
        .list()
        .filter((row) => isDue(row, given.now))
        .toSorted((a, b) => Number(a.dueAt) - Number(b.dueAt))
      return due.slice(0, limit).map((row) => toOutgoing(lease(row, given)))
    },
    async sent(key, owner, now) {
      change(key, owner, { state: 'sent', settledAt: now, error: null })
    },
    async fail(key, owner, { error, now, retryAt }) {
      if (retryAt) change(key, owner, { state: 'failed', error, dueAt: retryAt })
      else change(key, owner, { state: 'dead', error, settledAt: now })
    },
  }
}

const forOperators = <Item extends { key: string }>(
  rows: Table<OutboxRow<Item>>,
): Omit<Outbox<Item>, keyof ForSenders<Item>> => {
  const newestFirst = () => rows.list().toSorted((a, b) => (isOlder(a, toPosition(b)) ? 1 : -1))

  return {
    async find(key) {
      const row = rows.get(key)
      return row && toOutgoing(row)
    },
    async list(states, { before, limit }) {
      const found = newestFirst().filter((row) => states.includes(row.state) && (!before || isOlder(row, before)))
      return found.slice(0, limit).map(toOutgoing)
    },
    async requeue(key, now) {
      const row = rows.get(key)
      if (!row || row.state === 'sent' || !isFree(row, now)) return false
      rows.put(key, { ...toRow(row.item, now), addedAt: row.addedAt })
      return true
    },
    async state() {
      const all = newestFirst()
      const count = (state: OutgoingState) => all.filter((row) => row.state === state).length
      return {
        oldestPendingAt: all.findLast(({ dueAt }) => dueAt !== null)?.addedAt ?? null,
        pending: count('pending'),
        failed: count('failed'),
        dead: count('dead'),
      }
    },
  }
}

const toPosition = ({ item, addedAt }: OutboxRow<{ key: string }>): OutboxPosition => ({ addedAt, key: item.key })

const isOlder = ({ item, addedAt }: OutboxRow<{ key: string }>, than: OutboxPosition): boolean =>
  addedAt < than.addedAt || (addedAt.getTime() === than.addedAt.getTime() && item.key < than.key)

type Turn = Pick<OutboxRow<unknown>, 'owner' | 'dueAt'>

const isDue = ({ dueAt }: Turn, now: Date): boolean => dueAt !== null && dueAt <= now

const isFree = (row: Turn, now: Date): boolean => row.owner === null || isDue(row, now)

const toRow = <Item>(item: Item, now: Date): OutboxRow<Item> => ({
  item,
  state: 'pending',
  owner: null,
  attempts: 0,
  error: null,
  addedAt: now,
  dueAt: now,
  settledAt: null,
})

const toOutgoing = <Item>({ owner: _owner, ...outgoing }: OutboxRow<Item>): Outgoing<Item> => outgoing
