import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { activeDiscounts, spendDiscounts } from '../discounts.ts'
import { draftInvoice, pendingItems } from '../invoices/draft.ts'
import { voidInvoice } from '../invoices/settle.ts'
import { cancelSubscription } from './cancel.ts'
import { periodOf, withPeriod } from './items.ts'
import { pauseFor } from './pause-for.ts'
import { elapsedOf, recurringLines } from './recurring-lines.ts'
import { periodFrom } from './rhythm.ts'

const hasMethod = (world: World, subscription: Subscription): boolean => {
  const customer = world.need('customer', subscription.customer)
  return (subscription.default_payment_method ?? customer.invoice_settings.default_payment_method) !== null
}

const held = (world: World, subscription: Subscription, draft: Invoice): Invoice => {
  const behavior = subscription.pause_collection?.behavior
  if (behavior === undefined && subscription.status !== 'unpaid') return draft
  const kept = world.update(draft, { auto_advance: false, automatically_finalizes_at: null })
  if (behavior === 'void') return voidInvoice(world, kept)
  if (behavior !== 'mark_uncollectible') return kept
  const status_transitions = { ...kept.status_transitions, marked_uncollectible_at: world.now() }
  const given_up = world.update(kept, { status: 'uncollectible', status_transitions })
  world.emit('invoice.marked_uncollectible', given_up)
  return given_up
}

const startPeriod = (world: World, subscription: Subscription): Subscription => {
  const next = periodFrom(subscription, periodOf(subscription).end)
  const id = world.ids.next('invoice')
  return world.update(
    subscription,
    {
      items: withPeriod(subscription, next),
      latest_invoice: id,
      status: subscription.status === 'trialing' ? 'active' : subscription.status,
    },
    'customer.subscription.updated',
  )
}

const bill = (world: World, before: Subscription): void => {
  const subscription = startPeriod(world, before)
  const draft = draftInvoice(world, {
    id: subscription.latest_invoice ?? world.ids.next('invoice'),
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'subscription_cycle',
    subscription,
    lines: recurringLines(world, subscription, elapsedOf(before)),
    items: pendingItems(world, subscription),
    discounts: activeDiscounts(world, subscription),
    period: periodOf(before),
    finalizesAt: world.now() + world.settings.draftSeconds,
  })
  spendDiscounts(world, subscription)
  held(world, subscription, draft)
}

const endTrialWithoutMethod = (world: World, subscription: Subscription): boolean => {
  const behavior = subscription.trial_settings?.end_behavior.missing_payment_method
  if (subscription.status !== 'trialing' || hasMethod(world, subscription)) return false
  if (behavior === 'cancel') {
    cancelSubscription(world, subscription, { reason: 'cancellation_requested' })
    return true
  }
  if (behavior !== 'pause') return false
  pauseFor(world, subscription, 'trial_end_without_payment_method')
  return true
}

/** A period, or a trial, is over: what follows it begins, and is billed. */
export const renewSubscription = (world: World, subscription: Subscription): void => {
  if (!endTrialWithoutMethod(world, subscription)) bill(world, subscription)
}
