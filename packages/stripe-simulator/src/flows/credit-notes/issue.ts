import { creditedOn } from '../../domain/credits.ts'
import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { CreditNote, CreditNoteLine } from '../../domain/objects/credit-note.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { creditInvoice } from '../invoices/credit.ts'
import { openPayments } from '../invoices/payments.ts'
import { undone } from '../undone.ts'
import { checkWays, giveBack, linkRefunds } from './give-back.ts'
import type { CreditNoteInput } from './input.ts'
import { namedLines, proportionalLines } from './lines.ts'
import { creditableOf, notesOf } from './notes.ts'
import { creditTotals } from './totals.ts'

const isBeingPaid = (world: World, invoice: Invoice): boolean =>
  openPayments(world, invoice.id).some(
    ({ payment }) => world.need('payment_intent', payment.payment_intent).status === 'processing',
  )

const creditable = (world: World, id: string): Invoice => {
  const invoice = world.need('invoice', id, { param: 'invoice' })
  if (invoice.status !== 'open' && invoice.status !== 'paid') {
    throw invalidRequest(
      `You can only create credit notes for open or paid invoices. This invoice has a status of ${invoice.status}.`,
      { param: 'invoice' },
    )
  }
  if (isBeingPaid(world, invoice)) {
    throw invalidRequest('You cannot create a credit note for an invoice whose payment is processing.', {
      param: 'invoice',
    })
  }
  if (invoice.lines.data.some((line) => creditedOn(line) > 0)) {
    throw notSimulated('credit notes of invoices with billing credits', 'invoice')
  }
  return invoice
}

const tooMuch = (asked: number, left: number) =>
  invalidRequest(
    `The credit note amount (${asked}) is greater than what can be credited on this invoice (${Math.max(0, left)}).`,
    {
      param: 'amount',
    },
  )

const linesOf = (world: World, invoice: Invoice, input: CreditNoteInput): CreditNoteLine[] => {
  const { amount, lines } = input
  if (lines !== undefined) return namedLines(world, invoice, lines)
  if (amount === undefined) {
    throw invalidRequest('You must specify one of these parameters: amount, lines, shipping_cost.', {
      code: 'parameter_missing',
      param: 'amount',
    })
  }
  return amount > 0 ? proportionalLines(world, invoice, amount) : []
}

const checkTotal = (total: number, input: CreditNoteInput, left: number): void => {
  if ((input.amount ?? 0) > left) throw tooMuch(input.amount ?? 0, left)
  if (total <= 0) {
    throw invalidRequest('The total of a credit note must be greater than zero.', { param: 'amount' })
  }
  if (input.amount !== undefined && input.amount !== total) {
    throw invalidRequest(`The credit note amount (${input.amount}) must equal the total of its lines (${total}).`, {
      param: 'amount',
    })
  }
  if (total > left) throw tooMuch(total, left)
}

const numberOf = (world: World, invoice: Invoice): string =>
  `${invoice.number}-CN-${String(notesOf(world, invoice).length + 1).padStart(2, '0')}`

const typeOf = (prePayment: number, postPayment: number): CreditNote['type'] => {
  if (postPayment === 0) return 'pre_payment'
  return prePayment === 0 ? 'post_payment' : 'mixed'
}

const partiesOf = (world: World, id: string, invoice: Invoice): Partial<CreditNote> => ({
  id,
  currency: invoice.currency,
  customer: invoice.customer,
  invoice: invoice.id,
  number: numberOf(world, invoice),
  pdf: world.url(`/_simulator/credit_note/${id}`),
})

/**
 * Credits a finalized invoice, or a part of it: first what is still to be paid, then what was paid, which has to go back
 * somewhere.
 */
export const createCreditNote = (world: World, input: CreditNoteInput): CreditNote => {
  const invoice = creditable(world, input.invoice)
  const links = linkRefunds(world, invoice, input)
  const linked = links.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0)
  const left = creditableOf(world, invoice) + linked
  const lines = linesOf(world, invoice, input)
  const totals = creditTotals(lines)
  checkTotal(totals.total, input, left)
  const prePayment = Math.min(totals.total, invoice.amount_remaining)
  const postPayment = totals.total - prePayment
  checkWays(input, links, postPayment)
  const id = world.ids.next('credit_note')
  const note = world.insert(
    'credit_note',
    {
      ...partiesOf(world, id, invoice),
      ...giveBack(world, { note: id, invoice, links }, input),
      ...totals,
      effective_at: input.effective_at ?? world.now(),
      lines: { object: 'list', data: lines, has_more: false, url: `/v1/credit_notes/${id}/lines` },
      memo: input.memo ?? null,
      metadata: mergeMetadata({}, input.metadata),
      post_payment_amount: postPayment,
      pre_payment_amount: prePayment,
      reason: input.reason ?? null,
      status: 'issued',
      type: typeOf(prePayment, postPayment),
    },
    'credit_note.created',
  )
  creditInvoice(world, invoice, { prePayment, postPayment })
  return note
}

/** The credit note that a request would make: without what only making it brings about. */
export const previewCreditNote = (world: World, input: CreditNoteInput): CreditNote => {
  const note = undone(world, () => createCreditNote(world, input))
  const refunds = note.refunds.filter(({ refund }) => world.store.get('refund', refund) !== undefined)
  return { ...note, customer_balance_transaction: null, refunds }
}

/** Takes a credit note back, while its invoice can still be paid. */
export const voidCreditNote = (world: World, note: CreditNote): CreditNote => {
  if (note.status === 'void') throw invalidRequest('This credit note is already void.')
  const invoice = world.need('invoice', note.invoice)
  if (invoice.status !== 'open' || note.post_payment_amount > 0) {
    throw invalidRequest(
      `You can only void credit notes of open invoices. The invoice of this one has a status of ${invoice.status}.`,
    )
  }
  const voided = world.update(note, { status: 'void', voided_at: world.now() })
  world.emit('credit_note.voided', voided)
  creditInvoice(world, invoice, { prePayment: 0 - note.pre_payment_amount, postPayment: 0 })
  return voided
}
