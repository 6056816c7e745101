import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { activeDiscounts } from '../discounts.ts'
import { draftInvoice, pendingItems } from '../invoices/draft.ts'
import { changeItems, type ItemsInput } from './change.ts'
import { startItems } from './create.ts'
import { type ItemInput, periodOf, withPeriod } from './items.ts'
import { elapsedOf, recurringLines } from './recurring-lines.ts'
import { periodFrom } from './rhythm.ts'
import { firstInvoice, startSubscription } from './start.ts'

/** The invoice that the next renewal will make. */
const upcoming = (world: World, subscription: Subscription): Invoice => {
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

class Previewed extends Error {
  readonly invoice: Invoice

  constructor(invoice: Invoice) {
    super('previewed')
    this.invoice = invoice
  }
}

const previewAndUndo = (world: World, subscription: Subscription, input: ItemsInput): never => {
  const changed = changeItems(world, subscription, input)
  throw new Previewed(changed.invoice ?? upcoming(world, changed.subscription))
}

/**
 * The invoice that a change would make, or the next one. It is made for real and undone, so that a preview and the
 * change it previews cannot differ by a cent.
 */
export const previewInvoice = (world: World, subscription: Subscription, input: ItemsInput): Invoice =>
  undone(world, () => previewAndUndo(world, subscription, input))

const startAndUndo = (world: World, customer: string, inputs: readonly ItemInput[]): never => {
  const items = startItems(world, inputs)
  const started = startSubscription(world, { customer, items, status: 'active', trialEnd: null })
  const subscription = world.update(started, { latest_invoice: world.ids.next('invoice') })
  const draft = firstInvoice(world, subscription)
  if (!draft) throw new TypeError('A subscription without a trial has a first invoice')
  throw new Previewed({ ...draft, parent: null })
}

/** The first invoice of a subscription that a customer might take. */
export const previewStart = (world: World, customer: string, items: readonly ItemInput[]): Invoice =>
  undone(world, () => startAndUndo(world, customer, items))

const undone = (world: World, work: () => never): Invoice => {
  try {
    return world.atomically(work)
  } catch (cause) {
    if (cause instanceof Previewed) return { ...cause.invoice, id: `upcoming_${cause.invoice.id}` }
    throw cause
  }
}
