import { invalidRequest } from '../../domain/failure.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { isMetered } from '../../domain/pricing.ts'
import type { World } from '../../world.ts'
import { activeDiscounts } from '../discounts.ts'
import { draftInvoice, pendingItems } from '../invoices/draft.ts'
import { undone } from '../undone.ts'
import { finalDraft } from './cancel.ts'
import { periodOf, withPeriod } from './items.ts'
import { elapsedOf, recurringLines } from './recurring-lines.ts'
import { periodFrom } from './rhythm.ts'

const renewal = (world: World, subscription: Subscription): Invoice => {
  const period = periodOf(subscription)
  const next = periodFrom(subscription, period.end)
  const renewed = { ...subscription, items: withPeriod(subscription, next) }
  return draftInvoice(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'upcoming',
    subscription,
    lines: recurringLines(world, renewed, elapsedOf(subscription)),
    items: pendingItems(world, subscription),
    discounts: activeDiscounts(world, subscription),
    period,
  })
}

/** Nothing will be billed. */
export const noUpcoming = (customer: string) =>
  invalidRequest(`No upcoming invoices for customer: ${customer}`, { code: 'invoice_upcoming_none', status: 404 })

const ends = ({ cancel_at, items }: Subscription): boolean =>
  cancel_at !== null && items.data.some((item) => cancel_at <= item.current_period_end)

/** What is billed when it ends: what a meter counted, and nothing without one. */
const ending = (world: World, subscription: Subscription): Invoice | undefined =>
  subscription.items.data.some(({ price }) => isMetered(price))
    ? finalDraft(world, subscription, subscription.cancel_at ?? world.now())
    : undefined

const billing = ['active', 'past_due', 'trialing', 'unpaid']

/** The invoice that a subscription makes next, as a draft. */
export const nextDraft = (world: World, subscription: Subscription): Invoice => {
  if (!billing.includes(subscription.status)) throw noUpcoming(subscription.customer)
  if (!ends(subscription)) return renewal(world, subscription)
  const last = ending(world, subscription)
  if (last) return last
  throw noUpcoming(subscription.customer)
}

/**
 * The invoice that something would make. It is made for real and undone, so that a preview and what it previews cannot
 * differ by a cent.
 */
export const previewed = (world: World, work: () => Invoice): Invoice => {
  const invoice = undone(world, work)
  return { ...invoice, id: `upcoming_${invoice.id}` }
}
