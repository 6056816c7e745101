import { invalidRequest } from '../../domain/failure.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { collectInvoice, methodFor } from '../invoices/collect.ts'
import { finalizeInvoice } from '../invoices/finalize.ts'
import { voidInvoice } from '../invoices/settle.ts'
import type { Changed } from './change.ts'
import { periodOf } from './items.ts'

const patienceSeconds = 23 * 3600

const supported = [
  'billing_cycle_anchor',
  'expand',
  'items',
  'off_session',
  'payment_behavior',
  'proration_behavior',
  'proration_date',
]

/** Only what is billed can wait for its payment. */
export const refuseUnpendable = (input: object): void => {
  const other = Object.keys(input).find((name) => !supported.includes(name))
  if (other === undefined) return
  throw invalidRequest(
    `You cannot use \`payment_behavior=pending_if_incomplete\` when updating \`${other}\`: it is not supported by pending updates.`,
    { param: other },
  )
}

/** Tries to get the invoice of a change paid; the subscription does not feel it if that fails. */
export const collectChange = (world: World, draft: Invoice, offSession: boolean): Invoice => {
  const invoice = finalizeInvoice(world, draft)
  if (invoice.status === 'paid') return invoice
  return collectInvoice(world, invoice, { method: methodFor(world, invoice), automatic: false, offSession }).invoice
}

/** The change waits until its invoice is paid, a day at most. */
export const holdBack = (
  world: World,
  subscription: Subscription,
  { subscription: planned, invoice }: Changed,
): void => {
  const expires = Math.min(world.now() + patienceSeconds, periodOf(subscription).end)
  const pending_update = {
    billing_cycle_anchor:
      planned.billing_cycle_anchor === subscription.billing_cycle_anchor ? null : planned.billing_cycle_anchor,
    cancel_at_period_end: null,
    discount: null,
    discounts: null,
    expires_at: expires,
    metadata: null,
    subscription_items: planned.items.data,
    trial_end: null,
    trial_from_plan: null,
  }
  const changes = { pending_update, $pendingInvoice: invoice?.id ?? '', latest_invoice: invoice?.id ?? null }
  world.update(subscription, changes, 'customer.subscription.updated')
}

/** Nobody paid: the change is off, and so is its invoice. */
export const dropPending = (world: World, subscription: Subscription): Subscription => {
  if (subscription.pending_update === null) return subscription
  const invoice = world.store.get('invoice', subscription.$pendingInvoice ?? '')
  if (invoice?.status === 'open') voidInvoice(world, invoice)
  return world.update(subscription, { pending_update: null }, 'customer.subscription.updated')
}

export const expirePending = (world: World, subscription: Subscription): void => {
  world.emit('customer.subscription.pending_update_expired', dropPending(world, subscription))
}
