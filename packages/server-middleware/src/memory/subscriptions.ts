import { isEnded, type Subscription, undoesEnd } from '../domain/subscription.ts'
import type { SubscriptionStore } from '../ports/subscriptions.ts'
import { createTable } from './table.ts'

type Row = { fetches: number; savedFetch: number; subscription: Subscription | null }

export const createSubscriptions = (): SubscriptionStore => {
  const rows = createTable<Row>()
  const get = (id: string): Row => rows.get(id) ?? { fetches: 0, savedFetch: 0, subscription: null }

  return {
    async startFetch(id) {
      const row = get(id)
      return rows.put(id, { ...row, fetches: row.fetches + 1 }).fetches
    },
    async save(subscription, fetch) {
      const row = get(subscription.providerSubscriptionId)
      const before = row.subscription
      if (fetch <= row.savedFetch || undoesEnd(before, subscription)) return { outcome: 'stale', before }
      rows.put(subscription.providerSubscriptionId, { ...row, savedFetch: fetch, subscription })
      return { outcome: 'saved', before }
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
