import { BillingError } from '../domain/errors.ts'
import type { Effect } from '../domain/event.ts'
import type { Notification } from '../domain/notification.ts'
import type { Deps } from '../ports/deps.ts'
import type { OutboxPosition, Outgoing, OutgoingState } from '../ports/outbox.ts'

/** An effect on its way to the host's hooks, or a message on its way to somebody, without what it says. */
export type OutboxItem = Omit<Outgoing<unknown>, 'item'> & {
  kind: 'effect' | 'notification'
  key: string
  /** What became true, or what kind of message it is. */
  type: string
  accountId: string | null
  /** Whom a message is for. */
  email: string | null
}

/** What reached nobody so far, though it was tried. */
export const undelivered: readonly OutgoingState[] = ['failed', 'dead']

export type ListOutboxInput = { states: readonly OutgoingState[]; before: OutboxPosition | null; limit: number }

export type OutboxPage = { items: readonly OutboxItem[]; next: OutboxPosition | null }

/** Effects and messages in these states, the newest first; `next` is where to go on, null at the end. */
export const listOutbox = async ({ store }: Deps, { states, before, limit }: ListOutboxInput): Promise<OutboxPage> => {
  const page = { before, limit: limit + 1 }
  const [effects, notifications] = await Promise.all([
    store.effects.list(states, page),
    store.notifications.list(states, page),
  ])
  const found = [...effects.map(fromEffect), ...notifications.map(fromNotification)].toSorted(newestFirst)
  const items = found.slice(0, limit)
  return { items, next: found.length > limit ? (items.at(-1) ?? null) : null }
}

/** @throws BillingError `not_found` */
export const readOutgoing = async ({ store }: Deps, key: string): Promise<OutboxItem> => {
  const effect = await store.effects.find(key)
  if (effect) return fromEffect(effect)
  const notification = await store.notifications.find(key)
  if (notification) return fromNotification(notification)
  throw new BillingError('not_found', `There is no effect and no message ${key}.`)
}

const fromEffect = ({ item, ...rest }: Outgoing<Effect>): OutboxItem => {
  const { key, type, accountId } = item
  return { ...rest, kind: 'effect', key, type, accountId, email: null }
}

const fromNotification = ({ item, ...rest }: Outgoing<Notification>): OutboxItem => {
  const { key, kind: type, effect, recipient } = item
  return { ...rest, kind: 'notification', key, type, accountId: effect.accountId, email: recipient.email }
}

const newestFirst = (a: OutboxItem, b: OutboxItem): number =>
  b.addedAt.getTime() - a.addedAt.getTime() || (a.key < b.key ? 1 : -1)
