import { invalidRequest, missingParam, notSimulated } from '../../domain/failure.ts'
import type { CreditNote, CreditNoteRefund } from '../../domain/objects/credit-note.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Refund } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'
import { changeBalance } from '../balance.ts'
import { createRefund } from '../refunds.ts'
import type { CreditNoteInput, LinkedRefundInput } from './input.ts'
import { chargesOf, linkedOf } from './notes.ts'

const linkOf = (refund: string, amount_refunded: number): CreditNoteRefund => ({
  amount_refunded,
  payment_record_refund: null,
  refund,
  type: 'refund',
})

interface Link {
  readonly invoice: Invoice
  /** What this credit note links so far: a refund may come twice. */
  readonly before: readonly CreditNoteRefund[]
  readonly param: string
}

const needRefund = (world: World, { invoice, param }: Link, input: LinkedRefundInput): Refund => {
  if (input.type === 'payment_record_refund' || input.payment_record_refund !== undefined) {
    throw notSimulated('credit notes for payment records', `${param}[payment_record_refund]`)
  }
  if (input.refund === undefined) throw missingParam(`${param}[refund]`)
  const refund = world.need('refund', input.refund, { param: `${param}[refund]` })
  const charges = chargesOf(world, invoice).map(({ id }) => id)
  if (charges.includes(refund.charge) && !['canceled', 'failed'].includes(refund.status)) return refund
  throw invalidRequest(`The refund ${refund.id} did not give back a payment of this invoice.`, {
    param: `${param}[refund]`,
  })
}

const linkRefund = (world: World, link: Link, input: LinkedRefundInput): CreditNoteRefund => {
  const { invoice, before, param } = link
  const refund = needRefund(world, link, input)
  const here = before.filter((each) => each.refund === refund.id).map((each) => each.amount_refunded)
  const left = refund.amount - linkedOf(world, invoice, refund.id) - sum(here)
  const amount = input.amount_refunded ?? refund.amount
  if (amount >= 1 && amount <= left) return linkOf(refund.id, amount)
  throw invalidRequest(`Only ${left} of the refund ${refund.id} can be linked to this credit note.`, {
    param: `${param}[amount_refunded]`,
  })
}

/** Refunds that were made before, as far as no other credit note has them. */
export const linkRefunds = (world: World, invoice: Invoice, input: CreditNoteInput): CreditNoteRefund[] => {
  const links: CreditNoteRefund[] = []
  for (const [index, each] of (input.refunds ?? []).entries()) {
    links.push(linkRefund(world, { invoice, before: links, param: `refunds[${index}]` }, each))
  }
  return links
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const amounts = ['credit_amount', 'out_of_band_amount', 'refund_amount'] as const

/** What was paid and is credited has to go somewhere, to the last cent. */
export const checkWays = (input: CreditNoteInput, links: readonly CreditNoteRefund[], postPayment: number): void => {
  const negative = amounts.find((name) => (input[name] ?? 0) < 0)
  if (negative !== undefined) {
    throw invalidRequest('This value must be greater than or equal to 0.', {
      code: 'parameter_invalid_integer',
      param: negative,
    })
  }
  const given = sum([...amounts.map((name) => input[name] ?? 0), ...links.map((link) => link.amount_refunded)])
  if (given === postPayment) return
  throw invalidRequest(
    `The sum of the refunds, customer balance credit and outside of Stripe credit (${given}) must equal the post payment amount of the credit note (${postPayment}).`,
  )
}

const refundNow = (world: World, invoice: Invoice, amount: number): CreditNoteRefund => {
  const charges = chargesOf(world, invoice).filter((charge) => charge.amount > charge.amount_refunded)
  const [charge] = charges.toSorted((a, b) => b.amount - b.amount_refunded - (a.amount - a.amount_refunded))
  if (charge) return linkOf(createRefund(world, { charge: charge.id, amount }).id, amount)
  throw invalidRequest('This invoice has no charge that could be refunded.', { param: 'refund_amount' })
}

export interface GivenBack {
  readonly note: string
  readonly invoice: Invoice
  readonly links: readonly CreditNoteRefund[]
}

const creditBalance = (world: World, { note, invoice }: GivenBack, amount: number): string | null => {
  if (amount === 0) return null
  const { id, currency, customer } = invoice
  const change = { amount: -amount, credit_note: note, currency, invoice: id, type: 'credit_note' as const }
  return changeBalance(world, customer, [change])[0]?.id ?? null
}

/** Gives back what was paid: to the card, to the customer's balance, or somewhere that Stripe does not see. */
export const giveBack = (world: World, given: GivenBack, input: CreditNoteInput): Partial<CreditNote> => {
  const { refund_amount = 0, credit_amount = 0, out_of_band_amount = null } = input
  const made = refund_amount > 0 ? [refundNow(world, given.invoice, refund_amount)] : []
  return {
    refunds: [...given.links, ...made],
    customer_balance_transaction: creditBalance(world, given, credit_amount),
    out_of_band_amount,
  }
}
