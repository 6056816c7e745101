import { timingSafeEqual } from 'node:crypto'
import type { Fact, ProviderEvent } from '../src/domain/event.ts'
import type { EventList, EventListInput } from '../src/domain/provider-call.ts'
import { type BankNotice, sign, type TinyBank } from './tiny-bank.ts'

export const eventTypes: readonly Fact['type'][] = [
  'checkout.changed',
  'payment.changed',
  'claim.changed',
  'subscription.changed',
  'dispute.changed',
  'trial.ending',
  'invoice.changed',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.action_required',
  'customer.changed',
  'payment_method.changed',
]

export const isSigned = (payload: Uint8Array, signature = ''): boolean => {
  const expected = Buffer.from(sign(payload))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

export const toEvent = (payload: string): ProviderEvent => {
  const notice = JSON.parse(payload) as BankNotice
  return {
    id: notice.id,
    type: notice.about,
    objectId: notice.subject,
    providerCustomerId: null,
    apiVersion: null,
    mode: 'test',
    payload,
  }
}

/** It keeps no times: its notices are all of today. */
export const listNotices = ({ notices }: TinyBank, { after, limit }: EventListInput): EventList => {
  const newestFirst = [...notices.values()].toReversed()
  const from = after === null ? 0 : newestFirst.findIndex(({ id }) => id === after) + 1
  const page = newestFirst.slice(from, from + limit)
  const hasMore = from + limit < newestFirst.length
  return {
    events: page.map((notice) => toEvent(JSON.stringify(notice))),
    next: hasMore ? (page.at(-1)?.id ?? null) : null,
  }
}
