import type { Invoice, InvoicePayment } from '../../domain/objects/invoice.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import { canCancel, canceled } from '../../domain/payment-intent.ts'
import type { World } from '../../world.ts'
import { unapplyBalance } from '../balance.ts'
import { reinstateCredits } from '../credits/apply.ts'
import { defaultPayment, openPayments } from './payments.ts'

const endPayment = (world: World, payment: InvoicePayment, reason: string): void => {
  const now = world.now()
  world.update(payment, { status: 'canceled', status_transitions: { canceled_at: now, paid_at: null } })
  const intent = world.need('payment_intent', payment.payment.payment_intent)
  if (!canCancel(intent)) return
  world.emit('payment_intent.canceled', world.update(intent, canceled(now, reason)))
}

/** Nobody is to pay through them any more. */
export const endPayments = (world: World, payments: readonly InvoicePayment[], reason = 'void_invoice'): void => {
  for (const payment of payments) endPayment(world, payment, reason)
}

const paidFields = (world: World, invoice: Invoice): Partial<Invoice> => ({
  amount_paid: invoice.amount_due,
  amount_remaining: 0,
  attempted: true,
  auto_advance: false,
  next_payment_attempt: null,
  status: 'paid',
  status_transitions: { ...invoice.status_transitions, paid_at: world.now() },
})

const settlePayment = (world: World, payment: InvoicePayment): InvoicePayment =>
  world.update(payment, {
    amount_paid: payment.amount_requested,
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: world.now() },
  })

/** The invoice is paid: by a payment, or because nothing is due. */
export const markPaid = (world: World, invoice: Invoice, by = defaultPayment(world, invoice.id)): Invoice => {
  const others = openPayments(world, invoice.id).filter(({ id }) => id !== by?.id)
  endPayments(world, others)
  const paid = world.update(invoice, paidFields(world, invoice))
  world.emit('invoice.paid', paid)
  if (!by) return paid
  const settled = settlePayment(world, by)
  world.emit('invoice.payment_succeeded', paid)
  world.emit('invoice_payment.paid', settled)
  return paid
}

/** Somebody paid in another way: in cash, by a transfer. Nothing is charged. */
export const markPaidElsewhere = (world: World, invoice: Invoice): Invoice => {
  endPayments(world, openPayments(world, invoice.id))
  const paid = world.update(invoice, {
    ...paidFields(world, invoice),
    amount_paid_off_stripe: invoice.amount_remaining,
  })
  world.emit('invoice.paid', paid)
  return paid
}

/** What is still asked for follows what is still owed; what would be too much is not asked for any more. */
export const askForRest = (world: World, invoice: Invoice, rest: number): void => {
  for (const payment of openPayments(world, invoice.id)) {
    if (payment.is_default) {
      world.update(payment, { amount_requested: rest })
      world.update(world.need('payment_intent', payment.payment.payment_intent), { amount: rest })
    } else if (payment.amount_requested > rest) endPayment(world, payment, 'void_invoice')
  }
}

/** A payment went through: the invoice is paid with it, or a part of it is. */
export const creditPayment = (world: World, invoice: Invoice, payment: InvoicePayment): Invoice => {
  const rest = invoice.amount_remaining - payment.amount_requested
  if (rest <= 0) return markPaid(world, invoice, payment)
  const settled = settlePayment(world, payment)
  const changes = { amount_paid: invoice.amount_paid + payment.amount_requested, amount_remaining: rest }
  const credited = world.update(invoice, changes, 'invoice.updated')
  world.emit('invoice_payment.paid', settled)
  askForRest(world, credited, rest)
  return credited
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

/** Nobody will pay it any more: its open payments are canceled with it, and what it took of the balance goes back. */
export const voidInvoice = (world: World, invoice: Invoice): Invoice => {
  endPayments(world, openPayments(world, invoice.id))
  unapplyBalance(world, invoice)
  reinstateCredits(world, invoice.id)
  const voided = world.update(invoice, {
    auto_advance: false,
    next_payment_attempt: null,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: world.now() },
  })
  world.emit('invoice.voided', voided)
  return voided
}
