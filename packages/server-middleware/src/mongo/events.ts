import type { EventInbox, EventPage, EventState, InboxEvent, IncomingEvent, Lease } from '../ports/inbox.ts'
import type { Database } from './database.ts'
import { type Declaration, whereDate } from './indexes.ts'
import type { Rows } from './rows.ts'

/** `owner` has it until `dueAt`. */
type EventDocument = Omit<InboxEvent, 'id'> & { _id: string; owner: string | null; expiresAt: Date | null }

/** Longer than the 30 days for which the provider lists events, so that a replay of any of them is recognised. */
const keptDays = 45
const deadKeptDays = 365

const events: Declaration = {
  name: 'provider_events',
  indexes: [
    { name: 'expiresAt', key: { expiresAt: 1 }, expireAfterSeconds: 0 },
    { name: 'dueAt', key: { dueAt: 1 }, ...whereDate('dueAt') },
    { name: 'subject', key: { subject: 1, dueAt: 1 }, ...whereDate('dueAt') },
    { name: 'receivedAt', key: { receivedAt: 1 } },
    { name: 'state', key: { state: 1, receivedAt: 1 } },
    { name: 'customer', key: { providerCustomerId: 1 } },
  ],
}

const settled: readonly EventState[] = ['done', 'ignored']

export const createEvents = (database: Database): EventInbox => {
  const rows = database.rows<EventDocument>(events)
  return { ...forWorkers(rows), ...forOperators(rows) }
}

type ForWorkers = Pick<EventInbox, 'add' | 'claim' | 'claimDue' | 'countReceived' | 'settle' | 'fail'>

const forWorkers = (rows: Rows<EventDocument>): ForWorkers => {
  /** Nobody works under a lease that its owner does not know of: whoever comes next need not wait for its end. */
  const letGo =
    (_id: string, { owner, now }: Lease) =>
    () =>
      rows.update({ _id, owner }, { $set: { ...released, dueAt: now } })

  return {
    async add(event, now) {
      const inserted = await rows.insert(toDocument(event, { owner: null, now, until: now }))
      return inserted === 'inserted' ? 'added' : 'known'
    },
    async claim(event, lease) {
      const undo = letGo(event.id, lease)
      if ((await rows.insert(toDocument(event, lease), { undo })) === 'inserted')
        return { outcome: 'mine', attempts: 1 }
      const { _id, open } = { _id: event.id, open: { state: { $nin: settled } } }
      const free = { $or: [{ owner: null }, { dueAt: { $not: { $gt: lease.now } } }] }
      const claimed = await rows.change({ _id, ...open, ...free }, toLease(lease), { undo })
      if (claimed) return { outcome: 'mine', attempts: claimed.attempts }
      const found = await rows.find({ _id })
      return { outcome: found && settled.includes(found.state) ? 'done' : 'busy' }
    },
    async claimDue(lease, mostSubjects, dueSince = lease.now) {
      const found = { sort: { dueAt: 1 }, limit: mostSubjects, projection: { subject: 1 } } as const
      const waiting = await rows.list(dueAt(dueSince), found)
      const due = dueAt(lease.now)
      const ofSubjects = { subject: { $in: [...new Set(waiting.map(({ subject }) => subject))] } }
      if (waiting.length === 0 || (await rows.updateMany({ ...ofSubjects, ...due }, toLease(lease))) === 0) return []
      const ours = await rows.list({ ...ofSubjects, owner: lease.owner, dueAt: { $eq: lease.until, $type: 'date' } })
      return ours.map(fromDocument)
    },
    countReceived: (since, most) => rows.count({ receivedAt: { $gte: since } }, { limit: most }),
    async settle(ids, owner, { state, now }) {
      const change = { ...released, state, settledAt: now, error: null, expiresAt: daysAfter(now, keptDays) }
      await rows.updateMany({ _id: { $in: [...ids] }, owner }, { $set: change })
    },
    async fail(id, owner, { error, now, retryAt }) {
      const dead = { state: 'dead', settledAt: now, expiresAt: daysAfter(now, deadKeptDays) } as const
      const change = retryAt ? { state: 'failed' as const, dueAt: retryAt } : dead
      await rows.write({ filter: { _id: id, owner }, update: { $set: { ...released, ...change, error } } })
    },
  }
}

const forOperators = (rows: Rows<EventDocument>): Omit<EventInbox, keyof ForWorkers> => {
  const times = async (sort: 1 | -1, states?: EventState) => {
    const filter = states ? { state: states } : {}
    const [found] = await rows.list(filter, { sort: { receivedAt: sort }, limit: 1 })
    return found?.receivedAt ?? null
  }

  return {
    async find(id) {
      const found = await rows.find({ _id: id })
      return found && fromDocument(found)
    },
    async list(states, { before, limit }) {
      const filter = { state: { $in: [...states] }, ...(before ? olderThan(before) : {}) }
      const found = await rows.list(filter, { sort: { receivedAt: -1, _id: -1 }, limit })
      return found.map(fromDocument)
    },
    requeue: (id, now) =>
      rows.update(
        { _id: id, $or: [{ owner: null }, { dueAt: { $lte: now } }] },
        { $set: { ...released, state: 'received', dueAt: now, attempts: 0, settledAt: null, expiresAt: null } },
      ),
    erasePayloads: (providerCustomerId) =>
      rows.updateMany({ providerCustomerId, payload: { $ne: null } }, { $set: { payload: null } }),
    async state() {
      const [lastReceivedAt, oldestPendingAt, pending, failed, dead] = await Promise.all([
        times(-1),
        times(1, 'received'),
        rows.count({ state: 'received' }),
        rows.count({ state: 'failed' }),
        rows.count({ state: 'dead' }),
      ])
      return { lastReceivedAt, oldestPendingAt, pending, failed, dead }
    },
  }
}

const olderThan = ({ receivedAt, id }: NonNullable<EventPage['before']>) => ({
  $or: [{ receivedAt: { $lt: receivedAt } }, { receivedAt, _id: { $lt: id } }],
})

const dueAt = (now: Date) => ({ dueAt: { $lte: now, $type: 'date' as const } })

const released = { owner: null, dueAt: null }

const toLease = ({ owner, until }: Lease) => ({
  $set: { state: 'received' as const, owner, dueAt: until },
  $inc: { attempts: 1 },
})

const daysAfter = (now: Date, days: number): Date => new Date(now.getTime() + days * 86_400_000)

type Start = { owner: string | null; now: Date; until: Date }

const toDocument = ({ id, ...event }: IncomingEvent, { owner, now, until }: Start): EventDocument => ({
  ...event,
  _id: id,
  state: 'received',
  owner,
  dueAt: until,
  attempts: owner === null ? 0 : 1,
  error: null,
  receivedAt: now,
  settledAt: null,
  expiresAt: null,
})

const fromDocument = ({ _id, owner: _owner, expiresAt: _expiresAt, ...event }: EventDocument): InboxEvent => ({
  ...event,
  id: _id,
})
