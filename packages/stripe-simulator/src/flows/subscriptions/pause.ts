import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { periodAt } from '../../domain/period.ts'
import type { World } from '../../world.ts'
import { activeDiscounts } from '../discounts.ts'
import { collectInvoice, methodFor } from '../invoices/collect.ts'
import { draftInvoice, pendingItems } from '../invoices/draft.ts'
import { finalizeInvoice } from '../invoices/finalize.ts'
import { voidInvoice } from '../invoices/settle.ts'
import { cadenceOf, periodOf, withPeriod } from './items.ts'
import { recurringLines } from './recurring-lines.ts'

export interface ResumeInput {
  readonly billing_cycle_anchor?: { readonly type: 'now' | 'unchanged' }
  readonly payment_behavior?: 'resume_on_payment_attempt' | 'resume_on_payment_success'
}

const patienceSeconds = 23 * 3600

type Cause = 'pause_requested' | 'trial_end_without_payment_method'

/** The subscription stands still: no period begins and nothing is billed. */
export const pauseFor = (world: World, subscription: Subscription, type: Cause): Subscription => {
  const details = { paused: { subscription: { type }, transitioned_at: world.now(), type: 'subscription' } }
  const changes = { status: 'paused' as const, status_details: details }
  const paused = world.update(subscription, changes, 'customer.subscription.updated')
  world.emit('customer.subscription.paused', paused)
  return paused
}

export const pauseSubscription = (world: World, subscription: Subscription): Subscription => {
  if (subscription.schedule !== null) {
    throw invalidRequest('A subscription that is managed by a subscription schedule cannot be paused.')
  }
  if (subscription.status !== 'active') {
    throw invalidRequest(`You can only pause an active subscription. This one is ${subscription.status}.`)
  }
  return pauseFor(world, subscription, 'pause_requested')
}

const goOn = (world: World, subscription: Subscription): Subscription => {
  const { status_details: _paused, $pausedUntil: _until, $resumption: _resumption, ...rest } = subscription
  const running = { ...rest, status: 'active' as const }
  world.store.put(running)
  world.emit('customer.subscription.updated', running, { status: 'paused' })
  world.emit('customer.subscription.resumed', running)
  return running
}

const fromNow = (world: World, subscription: Subscription): Invoice => {
  const now = world.now()
  const [first] = subscription.items.data
  const period = first ? periodAt(now, cadenceOf(first.price), now) : periodOf(subscription)
  const moved = world.update(subscription, { billing_cycle_anchor: now, items: withPeriod(subscription, period) })
  const draft = draftInvoice(world, {
    customer: moved.customer,
    currency: moved.currency,
    reason: 'subscription_update',
    subscription: moved,
    lines: recurringLines(world, moved),
    items: pendingItems(world, moved),
    discounts: activeDiscounts(world, moved),
    period: { start: now, end: now },
  })
  const invoice = finalizeInvoice(world, draft)
  if (invoice.status === 'paid') return invoice
  return collectInvoice(world, invoice, { method: methodFor(world, invoice), automatic: false, offSession: true })
    .invoice
}

const resumeFromNow = (world: World, subscription: Subscription, input: ResumeInput): Subscription => {
  const invoice = fromNow(world, subscription)
  const billed = world.update(subscription, { latest_invoice: invoice.id })
  if (invoice.status === 'paid') return goOn(world, billed)
  if (input.payment_behavior !== 'resume_on_payment_attempt') {
    const $resumption = { invoice: invoice.id, until: world.now() + patienceSeconds }
    return world.update(billed, { $resumption })
  }
  return world.update(goOn(world, billed), { status: 'past_due' }, 'customer.subscription.updated')
}

/** A paused subscription goes on: with a new period from now, or where it stands in its old one. */
export const resumeSubscription = (world: World, subscription: Subscription, input: ResumeInput): Subscription => {
  if (subscription.status !== 'paused') {
    throw invalidRequest(`You can only resume a paused subscription. This one is ${subscription.status}.`)
  }
  if (input.billing_cycle_anchor?.type !== 'unchanged') return resumeFromNow(world, subscription, input)
  if (periodOf(subscription).end > world.now()) return goOn(world, subscription)
  throw notSimulated('resuming with an unchanged anchor after the period has ended', 'billing_cycle_anchor[type]')
}

/** A pause that was made for a time is over, whether or not somebody pays for what follows. */
export const endPause = (world: World, subscription: Subscription): Subscription => {
  const { $pausedUntil: _until, ...rest } = subscription
  world.store.put(rest)
  return resumeSubscription(world, rest, {})
}

/** The invoice that the subscription waited for was paid. */
export const resumePaid = (world: World, subscription: Subscription, invoice: Invoice): boolean => {
  if (subscription.status !== 'paused' || subscription.$resumption?.invoice !== invoice.id) return false
  goOn(world, subscription)
  return true
}

/** Nobody paid: it stays paused. */
export const giveUpResuming = (world: World, subscription: Subscription): void => {
  const { $resumption: resumption, ...rest } = subscription
  world.store.put(rest)
  const invoice = world.store.get('invoice', resumption?.invoice ?? '')
  if (invoice?.status === 'open') voidInvoice(world, invoice)
}
