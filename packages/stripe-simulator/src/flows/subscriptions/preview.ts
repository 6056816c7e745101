import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { periodAt } from '../../domain/period.ts'
import type { World } from '../../world.ts'
import { activeDiscounts } from '../discounts.ts'
import { draftInvoice, pendingItems } from '../invoices/draft.ts'
import { undone } from '../undone.ts'
import { changeItems, type ItemsInput } from './change.ts'
import { startItems } from './create.ts'
import { cadenceOf, type ItemInput, periodOf, withPeriod } from './items.ts'
import { elapsedOf, recurringLines } from './recurring-lines.ts'
import { firstInvoice, startSubscription } from './start.ts'

/** The invoice that the next renewal will make. */
const upcoming = (world: World, subscription: Subscription): Invoice => {
  const [first] = subscription.items.data
  const period = periodOf(subscription)
  const next = first ? periodAt(subscription.billing_cycle_anchor, cadenceOf(first.price), period.end) : period
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

const previewed = (world: World, work: () => Invoice): Invoice => {
  const invoice = undone(world, work)
  return { ...invoice, id: `upcoming_${invoice.id}` }
}

/**
 * The invoice that a change would make, or the next one. It is made for real and undone, so that a preview and the
 * change it previews cannot differ by a cent.
 */
export const previewInvoice = (world: World, subscription: Subscription, input: ItemsInput): Invoice =>
  previewed(world, () => {
    const changed = changeItems(world, subscription, input)
    return changed.invoice ?? upcoming(world, changed.subscription)
  })

const firstOf = (world: World, customer: string, inputs: readonly ItemInput[]): Invoice => {
  const items = startItems(world, inputs)
  const started = startSubscription(world, { customer, items, status: 'active', trialEnd: null })
  const subscription = world.update(started, { latest_invoice: world.ids.next('invoice') })
  const draft = firstInvoice(world, subscription)
  if (!draft) throw new TypeError('A subscription without a trial has a first invoice')
  return { ...draft, parent: null }
}

/** The first invoice of a subscription that a customer might take. */
export const previewStart = (world: World, customer: string, items: readonly ItemInput[]): Invoice =>
  previewed(world, () => firstOf(world, customer, items))
