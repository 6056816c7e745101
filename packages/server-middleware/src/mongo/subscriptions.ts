import { endedStatuses, type Subscription, undoesEnd } from '../domain/subscription.ts'
import { changeBetween, type PendingChange } from '../domain/subscription-change.ts'
import type { SavedSubscription, SubscriptionStore } from '../ports/subscriptions.ts'
import type { Database } from './database.ts'
import { type Declaration, whereDate } from './indexes.ts'
import { inOrderOfIds } from './row-page.ts'
import type { Rows } from './rows.ts'

/**
 * `fetches` counts fetches that were started, `savedFetch` is the one that `subscription` came from; `changes` counts
 * what changed, and `pending` holds those changes that were not told yet.
 */
interface SubscriptionDocument {
  _id: string
  fetches: number
  savedFetch: number
  subscription: Subscription | null
  changes?: number
  pending?: PendingChange[]
}

const subscriptions: Declaration = {
  name: 'subscriptions',
  indexes: [
    { name: 'account', key: { 'subscription.accountRef': 1 } },
    { name: 'pending', key: { 'pending.at': 1 }, ...whereDate('pending.at') },
  ],
}

const unknown = { savedFetch: 0, subscription: null, changes: 0, pending: [] }

export const createSubscriptions = (database: Database): SubscriptionStore => {
  const rows = database.rows<SubscriptionDocument>(subscriptions)
  return {
    async startFetch(id) {
      const update = { $inc: { fetches: 1 }, $setOnInsert: unknown }
      const started = await rows.change({ _id: id }, update, { upsert: true })
      return started?.fetches ?? 0
    },
    save: (subscription, fetch, now) => save(rows, { subscription, fetch, now }),
    async finishChange(id, number) {
      await rows.write({ filter: { _id: id }, update: { $pull: { pending: { number } } } })
    },
    async listUnfinished(before, limit) {
      const old = { 'pending.at': { $lt: before, $type: 'date' as const } }
      const found = await rows.list(old, { sort: { 'pending.at': 1 }, limit })
      return found.flatMap(({ subscription, pending = [] }) => (subscription ? [{ subscription, pending }] : []))
    },
    async find(id) {
      return (await rows.find({ _id: id }))?.subscription ?? null
    },
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

type Saving = { subscription: Subscription; fetch: number; now: Date }

/** What has changed follows from the document as it was read, so it is written only over that one. */
const save = async (rows: Rows<SubscriptionDocument>, saving: Saving): Promise<SavedSubscription> => {
  const { subscription, fetch, now } = saving
  const id = subscription.providerSubscriptionId
  const row = await rows.find({ _id: id })
  const { savedFetch, subscription: before, pending = [], changes = 0 } = row ?? unknown
  if (fetch <= savedFetch || undoesEnd(before, subscription)) {
    return { outcome: 'stale', subscription: before, pending }
  }
  const found = changeBetween(before, subscription)
  const change = found && { number: changes + 1, at: now, ...found }
  const saved = await rows.change(
    { _id: id, savedFetch },
    {
      $set: { savedFetch: fetch, subscription, changes: change?.number ?? changes },
      ...(change && { $push: { pending: change } }),
    },
  )
  if (saved === null) return row ? save(rows, saving) : { outcome: 'stale', subscription: null, pending: [] }
  return { outcome: 'saved', before, subscription, pending: saved.pending ?? [] }
}
