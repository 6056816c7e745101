import { isEnded, type Subscription, undoesEnd } from '../domain/subscription.ts'
import { changeBetween, type PendingChange } from '../domain/subscription-change.ts'
import type { SubscriptionStore } from '../ports/subscriptions.ts'
import { createTable } from './table.ts'

type Row = {
  fetches: number
  savedFetch: number
  subscription: Subscription | null
  changes: number
  pending: readonly PendingChange[]
}

const unknown: Row = { fetches: 0, savedFetch: 0, subscription: null, changes: 0, pending: [] }

export const createSubscriptions = (): SubscriptionStore => {
  const rows = createTable<Row>()
  const get = (id: string): Row => rows.get(id) ?? unknown

  return {
    async startFetch(id) {
      const row = get(id)
      return rows.put(id, { ...row, fetches: row.fetches + 1 }).fetches
    },
    async save(subscription, fetch, now) {
      const row = get(subscription.providerSubscriptionId)
      const before = row.subscription
      if (fetch <= row.savedFetch || undoesEnd(before, subscription)) {
        return { outcome: 'stale', subscription: before, pending: row.pending }
      }
      const change = changeBetween(before, subscription)
      const changes = row.changes + (change ? 1 : 0)
      const pending = change ? [...row.pending, { number: changes, at: now, ...change }] : row.pending
      rows.put(subscription.providerSubscriptionId, { ...row, savedFetch: fetch, subscription, changes, pending })
      return { outcome: 'saved', before, subscription, pending }
    },
    async finishChange(id, number) {
      const row = get(id)
      rows.put(id, { ...row, pending: row.pending.filter((change) => change.number !== number) })
    },
    async listUnfinished(before, limit) {
      return rows
        .list()
        .flatMap(({ subscription, pending }) => (subscription ? [{ subscription, pending }] : []))
        .filter(({ pending }) => oldestOf(pending) < before.getTime())
        .toSorted((a, b) => oldestOf(a.pending) - oldestOf(b.pending))
        .slice(0, limit)
    },
    async find(id) {
      return get(id).subscription
    },
    async listLive({ after, limit }) {
      return rows
        .list()
        .flatMap(({ subscription }) => subscription ?? [])
        .filter((each) => !isEnded(each))
        .filter((each) => after === null || each.providerSubscriptionId > after)
        .toSorted((a, b) => (a.providerSubscriptionId < b.providerSubscriptionId ? -1 : 1))
        .slice(0, limit)
    },
    async list(accountRef) {
      const known = rows.list().map((row) => row.subscription)
      return known.filter((each) => each !== null).filter((each) => each.accountRef === accountRef)
    },
  }
}

const oldestOf = (pending: readonly PendingChange[]): number => Math.min(...pending.map(({ at }) => at.getTime()))
