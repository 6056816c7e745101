import type { ProviderEvent } from '../domain/event.ts'
import type { EventInbox } from '../ports.ts'
import type { Database } from './database.ts'
import { type Declaration, days } from './indexes.ts'

type EventDocument = Omit<ProviderEvent, 'id'> & {
  _id: string
  state: 'received' | 'failed' | 'done' | 'ignored'
  owner: string | null
  leasedUntil: Date | null
  attempts: number
  error: string | null
  receivedAt: Date
  settledAt: Date | null
}

/** Longer than the 30 days for which the provider lists events, so that a replay of any of them is recognised. */
const keptDays = 45

const events: Declaration = {
  name: 'events',
  indexes: [
    { name: 'settledAt', key: { settledAt: 1 }, ...days(keptDays) },
    { name: 'receivedAt', key: { receivedAt: 1 } },
    { name: 'state', key: { state: 1, receivedAt: 1 } },
  ],
}

export const createEvents = (database: Database): EventInbox => {
  const rows = database.rows<EventDocument>(events)

  const oldest = async (state: EventDocument['state']) =>
    (await rows.list({ state }, { sort: { receivedAt: 1 }, limit: 1 }))[0]?.receivedAt ?? null
  const newest = async () => (await rows.list({}, { sort: { receivedAt: -1 }, limit: 1 }))[0]?.receivedAt ?? null

  return {
    async claim(event, { owner, now, until }) {
      if ((await rows.insert(toDocument(event, { owner, now, until }))) === 'inserted') return 'mine'
      const free = { state: { $in: ['received', 'failed'] as const }, leasedUntil: { $not: { $gt: now } } }
      const lease = { state: 'received', owner, leasedUntil: until } as const
      if (await rows.update({ _id: event.id, ...free }, { $set: lease, $inc: { attempts: 1 } })) return 'mine'
      const { state } = (await rows.find({ _id: event.id })) ?? { state: 'received' }
      return state === 'done' || state === 'ignored' ? 'done' : 'busy'
    },
    async settle(id, owner, { state, now }) {
      await rows.update({ _id: id, owner }, { $set: { ...released, state, settledAt: now, error: null } })
    },
    async fail(id, owner, { error }) {
      await rows.update({ _id: id, owner }, { $set: { ...released, state: 'failed', error } })
    },
    async state() {
      const [lastReceivedAt, oldestPendingAt, pending, failed] = await Promise.all([
        newest(),
        oldest('received'),
        rows.count({ state: 'received' }),
        rows.count({ state: 'failed' }),
      ])
      return { lastReceivedAt, oldestPendingAt, pending, failed }
    },
  }
}

const released = { owner: null, leasedUntil: null }

type Lease = { owner: string; now: Date; until: Date }

const toDocument = ({ id, ...event }: ProviderEvent, { owner, now, until }: Lease): EventDocument => ({
  ...event,
  _id: id,
  state: 'received',
  owner,
  leasedUntil: until,
  attempts: 1,
  error: null,
  receivedAt: now,
  settledAt: null,
})
