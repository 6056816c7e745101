import { invalidRequest } from '../../domain/failure.ts'
import type { Invoice, LineDraft } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { collectInvoice, methodFor } from '../invoices/collect.ts'
import { finalizeInvoice } from '../invoices/finalize.ts'
import { voidInvoice } from '../invoices/settle.ts'
import { draftNow } from './draft-now.ts'
import { periodOf, withPeriod } from './items.ts'
import { debitItem } from './prorate.ts'
import { recurringLines } from './recurring-lines.ts'
import { naturalPeriod, periodFrom } from './rhythm.ts'

export interface ResumeInput {
  readonly billing_cycle_anchor?: { readonly type: 'now' | 'unchanged' }
  readonly payment_behavior?: 'resume_on_payment_attempt' | 'resume_on_payment_success'
  readonly proration_behavior?: 'always_invoice' | 'create_prorations' | 'none'
  readonly proration_date?: number
}

const patienceSeconds = 23 * 3600

const goOn = (world: World, subscription: Subscription): Subscription => {
  const { status_details: _paused, $pauseCredited: _credited, $pausedUntil: _until, ...waiting } = subscription
  const { $resumption: _resumption, ...rest } = waiting
  const running = { ...rest, status: 'active' as const }
  world.store.put(running)
  world.emit('customer.subscription.updated', running, { status: 'paused' })
  world.emit('customer.subscription.resumed', running)
  return running
}

const anchoredNow = (world: World, subscription: Subscription): Subscription => {
  const now = world.now()
  const anchored = { ...subscription, billing_cycle_anchor: now, billing_cycle_anchor_config: null }
  const items = withPeriod(subscription, periodFrom(anchored, now))
  return world.update(subscription, { billing_cycle_anchor: now, billing_cycle_anchor_config: null, items })
}

const collectNow = (world: World, subscription: Subscription, lines: readonly LineDraft[]): Invoice => {
  const invoice = finalizeInvoice(world, draftNow(world, subscription, lines))
  if (invoice.status === 'paid') return invoice
  return collectInvoice(world, invoice, { method: methodFor(world, invoice), automatic: false, offSession: true })
    .invoice
}

/** Goes on with the invoice of what begins now: whatever becomes of it, or only once it is paid. */
const resumeWith = (
  world: World,
  billed: Subscription,
  plan: { invoice: Invoice; input: ResumeInput },
): Subscription => {
  const { invoice, input } = plan
  const subscription = world.update(billed, { latest_invoice: invoice.id })
  if (invoice.status === 'paid') return goOn(world, subscription)
  if (input.payment_behavior === 'resume_on_payment_success') {
    const $resumption = { invoice: invoice.id, until: world.now() + patienceSeconds }
    return world.update(subscription, { $resumption })
  }
  return world.update(goOn(world, subscription), { status: 'past_due' }, 'customer.subscription.updated')
}

const prorationDate = (world: World, subscription: Subscription, input: ResumeInput): number => {
  const { start, end } = periodOf(subscription)
  const date = input.proration_date ?? world.now()
  if (date >= start && date <= end) return date
  throw invalidRequest('Cannot specify `proration_date` outside of the current subscription period.', {
    param: 'proration_date',
  })
}

/** The subscription goes on in the period around now; what is left of it is billed, unless that was paid before. */
const resumeUnchanged = (world: World, subscription: Subscription, input: ResumeInput): Subscription => {
  const { proration_behavior: behavior = 'create_prorations' } = input
  const old = periodOf(subscription)
  const period = old.end > world.now() ? old : naturalPeriod(subscription, world.now())
  const moved = world.update(subscription, { items: withPeriod(subscription, period) })
  const date = prorationDate(world, moved, input)
  const owed = period.start !== old.start || subscription.$pauseCredited === true
  if (!owed || behavior === 'none') return goOn(world, moved)
  for (const item of moved.items.data) debitItem(world, { subscription: moved, date }, item)
  if (behavior === 'create_prorations') return goOn(world, moved)
  return resumeWith(world, moved, { invoice: collectNow(world, moved, []), input })
}

/** A paused subscription goes on: with a new period from now, or in the one that its anchor has around now. */
export const resumeSubscription = (world: World, subscription: Subscription, input: ResumeInput): Subscription => {
  if (subscription.status !== 'paused') {
    throw invalidRequest(`You can only resume a paused subscription. This one is ${subscription.status}.`)
  }
  if (input.billing_cycle_anchor?.type === 'unchanged') return resumeUnchanged(world, subscription, input)
  const moved = anchoredNow(world, subscription)
  return resumeWith(world, moved, { invoice: collectNow(world, moved, recurringLines(world, moved)), input })
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
