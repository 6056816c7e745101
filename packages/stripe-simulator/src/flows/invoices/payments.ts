import type { InvoicePayment } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'

/** The payment through which an invoice is meant to be paid, if it has one. */
export const defaultPayment = (world: World, invoiceId: string): InvoicePayment | undefined =>
  world.store
    .all('invoice_payment')
    .filter((payment) => payment.invoice === invoiceId && payment.status !== 'canceled')
    .find((payment) => payment.is_default)

/** The payments that an invoice still waits for. */
export const openPayments = (world: World, invoiceId: string): InvoicePayment[] =>
  world.store.all('invoice_payment').filter((payment) => payment.invoice === invoiceId && payment.status === 'open')

/** The invoice that a payment intent pays, if it pays one. */
export const paymentOfIntent = (world: World, intentId: string): InvoicePayment | undefined =>
  world.store.all('invoice_payment').find((payment) => payment.payment.payment_intent === intentId)
