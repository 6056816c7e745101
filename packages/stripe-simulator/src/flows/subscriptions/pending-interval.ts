import { invalidRequest } from '../../domain/failure.ts'
import type { Interval } from '../../domain/objects/catalog.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { boundary } from '../../domain/period.ts'
import type { World } from '../../world.ts'
import { activeDiscounts } from '../discounts.ts'
import { draftInvoice, pendingItems } from '../invoices/draft.ts'

export interface PendingIntervalInput {
  readonly interval: Interval
  readonly interval_count?: number
}

type Pending = Pick<Subscription, 'next_pending_invoice_item_invoice' | 'pending_invoice_item_interval'>

const most: Readonly<Record<Interval, number>> = { day: 365, week: 52, month: 12, year: 1 }

/** How often what waits is billed between renewals; empty: only with them. */
export const pendingInterval = (world: World, input: PendingIntervalInput | '' | undefined): Partial<Pending> => {
  if (input === undefined) return {}
  if (input === '') return { next_pending_invoice_item_invoice: null, pending_invoice_item_interval: null }
  const { interval, interval_count = 1 } = input
  if (interval_count < 1 || interval_count > most[interval]) {
    throw invalidRequest('Pending invoice items can be billed once a year at the least.', {
      param: 'pending_invoice_item_interval[interval_count]',
    })
  }
  const pending_invoice_item_interval = { interval, interval_count }
  const next_pending_invoice_item_invoice = boundary(world.now(), pending_invoice_item_interval, 1)
  return { next_pending_invoice_item_invoice, pending_invoice_item_interval }
}

const billWaiting = (world: World, subscription: Subscription): void => {
  const items = pendingItems(world, subscription)
  const interval = subscription.pending_invoice_item_interval
  const now = world.now()
  const next_pending_invoice_item_invoice = interval && boundary(now, interval, 1)
  if (items.length === 0) {
    world.update(subscription, { next_pending_invoice_item_invoice }, 'customer.subscription.updated')
    return
  }
  const draft = draftInvoice(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'manual',
    subscription,
    lines: [],
    items,
    discounts: activeDiscounts(world, subscription),
    period: { start: now, end: now },
    finalizesAt: now + world.settings.draftSeconds,
  })
  const changes = { latest_invoice: draft.id, next_pending_invoice_item_invoice }
  world.update(subscription, changes, 'customer.subscription.updated')
}

const billed = ['active', 'past_due', 'trialing']

export const pendingIntervalDues = (world: World, subscription: Subscription) => {
  const at = subscription.next_pending_invoice_item_invoice
  if (at === null || !billed.includes(subscription.status)) return []
  return [{ at, run: () => billWaiting(world, subscription) }]
}
