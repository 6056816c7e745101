import type { CreditNote, CreditNoteLine } from '../../domain/objects/credit-note.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Charge, Refund } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

export const notesOf = (world: World, invoice: Pick<Invoice, 'id'>): CreditNote[] =>
  world.store.all('credit_note').filter((note) => note.invoice === invoice.id)

const issued = (world: World, invoice: Invoice): CreditNote[] =>
  notesOf(world, invoice).filter(({ status }) => status === 'issued')

/** The lines by which an invoice line was credited so far. */
export const creditedLines = (world: World, invoice: Invoice, line: string): CreditNoteLine[] =>
  issued(world, invoice)
    .flatMap(({ lines }) => lines.data)
    .filter((each) => each.invoice_line_item === line)

/** The charges that an invoice was paid by. */
export const chargesOf = (world: World, invoice: Invoice): Charge[] =>
  world.store
    .all('invoice_payment')
    .filter((payment) => payment.invoice === invoice.id && payment.status === 'paid')
    .map(({ payment }) => world.need('payment_intent', payment.payment_intent).latest_charge)
    .flatMap((id) => (id === null ? [] : [world.need('charge', id)]))

const gone: readonly string[] = ['canceled', 'failed']

const refundsOf = (world: World, invoice: Invoice): Refund[] => {
  const charges = chargesOf(world, invoice).map(({ id }) => id)
  return world.store.all('refund').filter(({ charge, status }) => charges.includes(charge) && !gone.includes(status))
}

/** How much of a refund belongs to credit notes already. */
export const linkedOf = (world: World, invoice: Invoice, refund: string): number =>
  sum(
    issued(world, invoice)
      .flatMap(({ refunds }) => refunds)
      .filter((link) => link.refund === refund)
      .map(({ amount_refunded }) => amount_refunded),
  )

/** What credit notes may still give back: refunds that no credit note accounts for have given back their part. */
export const creditableOf = (world: World, invoice: Invoice): number => {
  const credited = sum(issued(world, invoice).map(({ total }) => total))
  const refunded = sum(refundsOf(world, invoice).map(({ id, amount }) => amount - linkedOf(world, invoice, id)))
  return invoice.total - credited - refunded
}
