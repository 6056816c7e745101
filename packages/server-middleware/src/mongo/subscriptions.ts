import { endedStatuses, type Subscription } from '../domain/subscription.ts'
import type { SubscriptionStore } from '../ports/subscriptions.ts'
import type { Database } from './database.ts'
import type { Declaration } from './indexes.ts'
import { inOrderOfIds } from './row-page.ts'

/** `fetches` counts fetches that were started, `savedFetch` is the one that `subscription` came from. */
interface SubscriptionDocument {
  _id: string
  fetches: number
  savedFetch: number
  subscription: Subscription | null
}

const subscriptions: Declaration = {
  name: 'subscriptions',
  indexes: [{ name: 'account', key: { 'subscription.accountRef': 1 } }],
}

const unknown = { savedFetch: 0, subscription: null } as const

export const createSubscriptions = (database: Database): SubscriptionStore => {
  const rows = database.rows<SubscriptionDocument>(subscriptions)

  const find = async (id: string): Promise<Subscription | null> => (await rows.find({ _id: id }))?.subscription ?? null

  return {
    async startFetch(id) {
      const update = { $inc: { fetches: 1 }, $setOnInsert: unknown }
      const started = await rows.change({ _id: id }, update, { upsert: true })
      return started?.fetches ?? 0
    },
    async save(subscription, fetch) {
      const { providerSubscriptionId: id, status } = subscription
      const otherEnds = endedStatuses.filter((ended) => ended !== status)
      const older = { _id: id, savedFetch: { $lt: fetch }, 'subscription.status': { $nin: otherEnds } }
      const before = await rows.change(older, { $set: { savedFetch: fetch, subscription } }, { answer: 'before' })
      return before ? { outcome: 'saved', before: before.subscription } : { outcome: 'stale', before: await find(id) }
    },
    find,
    async listLive({ after, limit }) {
      const live = { subscription: { $ne: null }, 'subscription.status': { $nin: [...endedStatuses] } }
      const found = await rows.list(after === null ? live : { ...live, _id: { $gt: after } }, inOrderOfIds(limit))
      return found.map((row) => row.subscription).filter((each) => each !== null)
    },
    async list(accountRef) {
      const found = await rows.list({ 'subscription.accountRef': accountRef })
      return found.map((row) => row.subscription).filter((each) => each !== null)
    },
  }
}
