import { StripeFailure } from '../../domain/failure.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { methodFor, nextAttempt } from '../invoices/collect.ts'
import { finalizeInvoice } from '../invoices/finalize.ts'
import { defaultPayment } from '../invoices/payments.ts'
import { subscriptionOf, subscriptionPaid } from './after-payment.ts'
import { cancelSubscription } from './cancel.ts'
import { collectAndTell } from './collect.ts'

const giveUp = (world: World, invoice: Invoice): void => {
  const subscription = subscriptionOf(world, invoice)
  if (subscription?.status !== 'past_due') return
  if (world.settings.afterLastRetry === 'cancel') {
    cancelSubscription(world, subscription, { reason: 'payment_failed' })
  } else if (world.settings.afterLastRetry === 'mark_unpaid') {
    world.update(subscription, { status: 'unpaid' }, 'customer.subscription.updated')
  }
}

const collect = (world: World, invoice: Invoice): void => {
  const method = methodFor(world, invoice)
  const after = collectAndTell(world, invoice, { method, automatic: true, offSession: true }).invoice
  if (after.status === 'open' && after.next_payment_attempt === null) giveUp(world, after)
}

const finalizeFailed = (world: World, draft: Invoice, { error }: StripeFailure): void => {
  const { type, code, message, param } = error
  const last_finalization_error = { type, message, ...(code ? { code } : {}), ...(param ? { param } : {}) }
  const stuck = world.update(draft, { automatically_finalizes_at: null, last_finalization_error })
  world.emit('invoice.finalization_failed', stuck)
}

/** Freezes a draft without anybody asking for it: what stands in the way is told. */
const finalized = (world: World, draft: Invoice): Invoice | undefined => {
  try {
    return world.atomically(() => finalizeInvoice(world, draft))
  } catch (cause) {
    if (!(cause instanceof StripeFailure)) throw cause
    finalizeFailed(world, draft, cause)
    return undefined
  }
}

/** The hour of a draft is over: it is frozen, and collected or sent. */
export const finalizeDue = (world: World, draft: Invoice): void => {
  const invoice = finalized(world, draft)
  if (invoice?.status === 'paid') subscriptionPaid(world, invoice)
  if (invoice?.status !== 'open') return
  if (invoice.collection_method === 'send_invoice') world.emit('invoice.sent', invoice)
  else collect(world, invoice)
}

/** Declines that no retry can change. */
const hard = ['lost_card', 'stolen_card', 'pickup_card', 'revocation_of_authorization']

const isHopeless = (world: World, invoice: Invoice): boolean => {
  const method = methodFor(world, invoice)
  const payment = defaultPayment(world, invoice.id)
  if (!method || !payment) return true
  const error = world.need('payment_intent', payment.payment.payment_intent).last_payment_error
  const tried = error?.payment_method as { readonly id: string } | undefined
  return hard.includes(error?.decline_code ?? '') && tried?.id === method.id
}

const letPass = (world: World, invoice: Invoice): void => {
  const passed = world.update(invoice, nextAttempt(world, invoice), 'invoice.updated')
  if (passed.next_payment_attempt === null) giveUp(world, passed)
}

/** The schedule tries a failed payment again; where that is hopeless, its turn passes without an attempt. */
export const retryDue = (world: World, invoice: Invoice): void => {
  if (invoice.attempted && isHopeless(world, invoice)) letPass(world, invoice)
  else collect(world, invoice)
}
