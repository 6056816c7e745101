import type { Invoice } from '../../domain/objects/invoice.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import { canCancel, canceled } from '../../domain/payment-intent.ts'
import type { World } from '../../world.ts'
import { unapplyBalance } from '../balance.ts'
import { defaultPayment } from './payments.ts'

/** The invoice is paid: by a payment, or because nothing is due. */
export const markPaid = (world: World, invoice: Invoice): Invoice => {
  const now = world.now()
  const payment = defaultPayment(world, invoice.id)
  const paid = world.update(invoice, {
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...invoice.status_transitions, paid_at: now },
  })
  world.emit('invoice.paid', paid)
  if (!payment) return paid
  const settled = world.update(payment, {
    amount_paid: payment.amount_requested,
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: now },
  })
  world.emit('invoice.payment_succeeded', paid)
  world.emit('invoice_payment.paid', settled)
  return paid
}

export interface FailedAttempt {
  /** Made by the schedule, not by hand. */
  readonly automatic: boolean
  readonly intent?: PaymentIntent
}

export const markUnpaid = (world: World, invoice: Invoice, failed: FailedAttempt): Invoice => {
  const unpaid = world.update(invoice, {
    attempt_count: invoice.attempt_count + (failed.automatic ? 1 : 0),
    attempted: true,
  })
  if (failed.intent?.status === 'requires_action') world.emit('invoice.payment_action_required', unpaid)
  world.emit('invoice.payment_failed', unpaid)
  return unpaid
}

/** Nobody waits for its open payment any more. */
export const cancelPayment = (world: World, invoice: Invoice, reason: string): void => {
  const payment = defaultPayment(world, invoice.id)
  if (payment?.status !== 'open') return
  const now = world.now()
  world.update(payment, { status: 'canceled', status_transitions: { canceled_at: now, paid_at: null } })
  const intent = world.need('payment_intent', payment.payment.payment_intent)
  if (!canCancel(intent)) return
  world.emit('payment_intent.canceled', world.update(intent, canceled(now, reason)))
}

/** Nobody will pay it any more: its open payment is canceled with it, and what it took of the balance goes back. */
export const voidInvoice = (world: World, invoice: Invoice): Invoice => {
  cancelPayment(world, invoice, 'void_invoice')
  unapplyBalance(world, invoice)
  const voided = world.update(invoice, {
    auto_advance: false,
    next_payment_attempt: null,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: world.now() },
  })
  world.emit('invoice.voided', voided)
  return voided
}
