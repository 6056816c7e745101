import type { CreditNoteLine, DiscountAmount } from './objects/credit-note.ts'
import type { InvoiceLine } from './objects/invoice.ts'
import type { LineTax } from './objects/tax.ts'

/** A part of an invoice line: its amount with the discounts and taxes that belong to it. */
export interface Share {
  readonly amount: number
  readonly discounts: readonly DiscountAmount[]
  readonly taxes: readonly LineTax[]
}

/** What no credit note has given back of a line yet. */
export interface LeftOfLine extends Share {
  readonly quantity: number
  /** How it was credited before: the two ways do not mix. */
  readonly by?: 'amount' | 'quantity'
}

const sum = (values: readonly { readonly amount: number }[]): number =>
  values.reduce((total, { amount }) => total + amount, 0)

const taxIn = (taxes: readonly LineTax[], behavior: LineTax['tax_behavior']): number =>
  sum(taxes.filter(({ tax_behavior }) => tax_behavior === behavior))

export const inclusiveTax = ({ taxes }: Share): number => taxIn(taxes, 'inclusive')

const exclusiveTax = ({ taxes }: Share): number => taxIn(taxes, 'exclusive')

/** What a share is worth to the customer. */
export const worthOf = (share: Share): number => share.amount - sum(share.discounts) + exclusiveTax(share)

const scaled = (share: Share, part: number, whole: number): Share => {
  const scale = (value: number): number => Math.round((value * part) / whole)
  return {
    amount: scale(share.amount),
    discounts: share.discounts.map(({ amount, discount }) => ({ amount: scale(amount), discount })),
    taxes: share.taxes.map((tax) => ({
      ...tax,
      amount: scale(tax.amount),
      taxable_amount: scale(tax.taxable_amount),
    })),
  }
}

/** The share that a part of a line's amount carries with it. The last share gets what rounding left. */
export const shareOfAmount = (left: Share, amount: number): Share => ({ ...scaled(left, amount, left.amount), amount })

/** The share that is worth so much. */
export const shareWorth = (left: Share, worth: number): Share => {
  const share = scaled(left, worth, worthOf(left))
  return { ...share, amount: worth + sum(share.discounts) - exclusiveTax(share) }
}

const discountKey = ({ discount }: DiscountAmount): string => discount
const taxKey = ({ tax_rate_details }: LineTax): string => tax_rate_details.tax_rate

const taken = <T extends { readonly amount: number }>(of: readonly T[], key: (each: T) => string, wanted: T): number =>
  sum(of.filter((each) => key(each) === key(wanted)))

const untaxed = (of: readonly LineTax[], wanted: LineTax): number =>
  of.filter((tax) => taxKey(tax) === taxKey(wanted)).reduce((total, tax) => total + tax.taxable_amount, 0)

const waysOf = (credited: readonly CreditNoteLine[]): Pick<LeftOfLine, 'by'> => {
  const [first] = credited
  return first ? { by: first.quantity === null ? 'amount' : 'quantity' } : {}
}

export const leftOfLine = (line: InvoiceLine, credited: readonly CreditNoteLine[]): LeftOfLine => {
  const discounts = credited.flatMap((each) => each.discount_amounts)
  const taxes = credited.flatMap((each) => each.taxes)
  const onLine = (line.taxes ?? []) as readonly LineTax[]
  return {
    amount: line.amount - sum(credited),
    discounts: line.discount_amounts.map((each) => ({
      discount: each.discount,
      amount: each.amount - taken(discounts, discountKey, each),
    })),
    taxes: onLine.map((tax) => ({
      ...tax,
      amount: tax.amount - taken(taxes, taxKey, tax),
      taxable_amount: tax.taxable_amount - untaxed(taxes, tax),
    })),
    quantity: (line.quantity ?? 1) - credited.reduce((total, { quantity }) => total + (quantity ?? 0), 0),
    ...waysOf(credited),
  }
}

/** Spreads a worth over what is left of several lines, in proportion; the last one bears what rounding left. */
export const spread = (worth: number, lefts: readonly Share[]): number[] => {
  let open = lefts.reduce((total, left) => total + Math.max(0, worthOf(left)), 0)
  let rest = worth
  return lefts.map((left) => {
    const own = Math.max(0, worthOf(left))
    const part = open === 0 ? 0 : Math.min(own, Math.round((rest * own) / open))
    rest -= part
    open -= own
    return part
  })
}
