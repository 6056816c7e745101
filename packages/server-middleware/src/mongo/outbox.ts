import type { mongo } from 'mongoose'
import type { Claim, Lease } from '../ports/inbox.ts'
import type { Outbox, OutboxPosition, Outgoing, OutgoingState } from '../ports/outbox.ts'
import { type Index, whereDate } from './indexes.ts'
import type { Rows } from './rows.ts'

/** Its `_id` is the item's key; `owner` has it until `dueAt`. */
export type OutboxDocument<Item> = Outgoing<Item> & { _id: string; owner: string | null; expiresAt: Date | null }

export const outboxIndexes: readonly Index[] = [
  { name: 'dueAt', key: { dueAt: 1 }, ...whereDate('dueAt') },
  { name: 'state', key: { state: 1, addedAt: 1 } },
]

type Keyed = { key: string }
type Filter<Item> = mongo.Filter<OutboxDocument<Item>>
type Update<Item> = mongo.UpdateFilter<OutboxDocument<Item>>

/** `keptDays`: for how long what was sent, or is dead, is kept; null for ever. */
export const createOutbox = <Item extends Keyed>(
  rows: Rows<OutboxDocument<Item>>,
  keptDays: number | null,
): Outbox<Item> => ({ ...forSenders(rows, keptDays), ...forOperators(rows) })

type ForSenders<Item extends Keyed> = Pick<Outbox<Item>, 'add' | 'claim' | 'claimDue' | 'sent' | 'fail'>

const forSenders = <Item extends Keyed>(
  rows: Rows<OutboxDocument<Item>>,
  keptDays: number | null,
): ForSenders<Item> => {
  const settle = (key: string, owner: string, change: Partial<OutboxDocument<Item>>) =>
    rows.write({ filter: where<Item>({ _id: key, owner }), update: set<Item>({ ...released, ...change }) })
  const expiryFrom = (now: Date) => (keptDays === null ? null : new Date(now.getTime() + keptDays * 86_400_000))
  const takeOver = async ({ key }: Item, lease: Lease): Promise<Claim> => {
    const open = { _id: key, state: { $in: ['pending', 'failed'] } }
    const claimed = await rows.change(where<Item>({ ...open, ...isFree(lease.now) }), toLease<Item>(lease))
    if (claimed) return { outcome: 'mine', attempts: claimed.attempts }
    const found = await rows.find(where<Item>({ _id: key }))
    return { outcome: found && isSettled(found) ? 'done' : 'busy' }
  }

  return {
    async add(items, now) {
      if (items.length > 0) await rows.insertMissing(items.map((item) => toDocument(item, now)))
    },
    async claim(item, lease) {
      const known = await rows.find(where<Item>({ _id: item.key }))
      if (known) return isSettled(known) ? { outcome: 'done' } : takeOver(item, lease)
      const leased = { ...toDocument(item, lease.now), owner: lease.owner, dueAt: lease.until, attempts: 1 }
      return (await rows.insert(leased)) === 'inserted' ? { outcome: 'mine', attempts: 1 } : takeOver(item, lease)
    },
    async claimDue(lease, limit) {
      const due = { dueAt: { $lte: lease.now, $type: 'date' as const } }
      const waiting = await rows.list(where<Item>(due), { sort: { dueAt: 1 }, limit, projection: { _id: 1 } })
      const those = { _id: { $in: waiting.map(({ _id }) => _id) } }
      if (
        waiting.length === 0 ||
        (await rows.updateMany(where<Item>({ ...those, ...due }), toLease<Item>(lease))) === 0
      )
        return []
      const ours = { ...those, owner: lease.owner, dueAt: lease.until }
      return (await rows.list(where<Item>(ours))).map(fromDocument<Item>)
    },
    async sent(key, owner, now) {
      await settle(key, owner, { state: 'sent', settledAt: now, error: null, expiresAt: expiryFrom(now) })
    },
    async fail(key, owner, { error, now, retryAt }) {
      const dead = { state: 'dead', settledAt: now, expiresAt: expiryFrom(now) } as const
      await settle(key, owner, { ...(retryAt ? { state: 'failed', dueAt: retryAt } : dead), error })
    },
  }
}

const forOperators = <Item extends Keyed>(
  rows: Rows<OutboxDocument<Item>>,
): Omit<Outbox<Item>, keyof ForSenders<Item>> => {
  const count = (state: OutgoingState) => rows.count(where<Item>({ state }))

  return {
    async find(key) {
      const found = await rows.find(where<Item>({ _id: key }))
      return found && fromDocument(found)
    },
    async list(states, { before, limit }) {
      const older = before ? isOlderThan(before) : {}
      const found = await rows.list(where<Item>({ state: { $in: [...states] }, ...older }), {
        sort: { addedAt: -1, _id: -1 },
        limit,
      })
      return found.map(fromDocument<Item>)
    },
    requeue: (key, now) => {
      const fresh = {
        state: 'pending',
        dueAt: now,
        attempts: 0,
        error: null,
        settledAt: null,
        expiresAt: null,
      } as const
      return rows.update(
        where<Item>({ _id: key, state: { $ne: 'sent' }, ...isFree(now) }),
        set<Item>({ ...released, ...fresh }),
      )
    },
    async state() {
      const [[oldest], pending, failed, dead] = await Promise.all([
        rows.list(where<Item>({ state: { $in: ['pending', 'failed'] } }), { sort: { addedAt: 1 }, limit: 1 }),
        count('pending'),
        count('failed'),
        count('dead'),
      ])
      return { oldestPendingAt: oldest?.addedAt ?? null, pending, failed, dead }
    },
  }
}

/** The driver's types of filters and updates do not follow a type parameter. */
const where = <Item>(filter: Readonly<Record<string, unknown>>) => filter as Filter<Item>
const set = <Item>(change: Partial<OutboxDocument<Item>>) => ({ $set: change }) as Update<Item>

const isSettled = ({ state }: { state: OutgoingState }): boolean => state === 'sent' || state === 'dead'

const released = { owner: null, dueAt: null }

const isOlderThan = ({ addedAt, key }: OutboxPosition) => ({
  $or: [{ addedAt: { $lt: addedAt } }, { addedAt, _id: { $lt: key } }],
})

const isFree = (now: Date) => ({ $or: [{ owner: null }, { dueAt: { $lte: now } }] })

const toLease = <Item>({ owner, until }: Lease) =>
  ({ $set: { state: 'pending', owner, dueAt: until }, $inc: { attempts: 1 } }) as Update<Item>

const toDocument = <Item extends Keyed>(item: Item, now: Date): OutboxDocument<Item> => ({
  _id: item.key,
  item,
  state: 'pending',
  owner: null,
  attempts: 0,
  error: null,
  addedAt: now,
  dueAt: now,
  settledAt: null,
  expiresAt: null,
})

const fromDocument = <Item>({
  _id,
  owner: _owner,
  expiresAt: _expiresAt,
  ...outgoing
}: OutboxDocument<Item>): Outgoing<Item> => outgoing as Outgoing<Item>
