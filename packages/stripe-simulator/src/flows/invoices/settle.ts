import type { Invoice } from '../../domain/objects/invoice.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import { canCancel, canceled } from '../../domain/payment-intent.ts'
import type { World } from '../../world.ts'
import { recallDebit } from '../payments/settle-debit.ts'
import { nextAttempt } from './next-attempt.ts'
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

/** A debit is on its way: the invoice stays open, and nobody tries again meanwhile. */
export const markProcessing = (world: World, invoice: Invoice, automatic: boolean): Invoice =>
  world.update(invoice, {
    attempt_count: invoice.attempt_count + (automatic ? 1 : 0),
    attempted: true,
    next_payment_attempt: null,
    $debited: automatic ? 'automatically' : 'by hand',
  })

/** The debit of an invoice came back. If the schedule had sent it, the schedule goes on. */
export const debitFailed = (world: World, invoice: Invoice): Invoice => {
  const { $debited: debited, ...rest } = invoice
  if (debited === undefined) return invoice
  world.store.put(rest)
  const goesOn = debited === 'automatically' && invoice.auto_advance
  return world.update(invoice, goesOn ? nextAttempt(world, invoice) : {})
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

const cancelPayment = (world: World, invoice: Invoice): void => {
  const payment = defaultPayment(world, invoice.id)
  if (payment?.status !== 'open') return
  const now = world.now()
  world.update(payment, { status: 'canceled', status_transitions: { canceled_at: now, paid_at: null } })
  const intent = world.need('payment_intent', payment.payment.payment_intent)
  if (intent.status === 'processing') recallDebit(world, intent, 'void_invoice')
  if (!canCancel(intent)) return
  world.emit('payment_intent.canceled', world.update(intent, canceled(now, 'void_invoice')))
}

/** Nobody will pay it any more: its open payment is canceled with it. */
export const voidInvoice = (world: World, invoice: Invoice): Invoice => {
  cancelPayment(world, invoice)
  const voided = world.update(invoice, {
    auto_advance: false,
    next_payment_attempt: null,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: world.now() },
  })
  world.emit('invoice.voided', voided)
  return voided
}
