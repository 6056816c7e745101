import {
  inclusiveTax,
  type LeftOfLine,
  leftOfLine,
  type Share,
  shareOfAmount,
  shareWorth,
  spread,
  worthOf,
} from '../../domain/credit-share.ts'
import { invalidRequest, missingParam, noSuch } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { CreditNoteLine } from '../../domain/objects/credit-note.ts'
import type { Invoice, InvoiceLine } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { taxesByRates } from '../tax/manual-tax.ts'
import { placeOf } from '../tax/rates.ts'
import type { CreditLineInput } from './input.ts'
import { ratesOf, statedTaxes } from './line-taxes.ts'
import { creditedLines } from './notes.ts'

interface Place {
  readonly invoice: Invoice
  /** The lines of this credit note so far: an invoice line may come twice. */
  readonly before: readonly CreditNoteLine[]
  readonly param: string
}

const lineOf = (world: World, share: Share, fields: Partial<CreditNoteLine>): CreditNoteLine =>
  ({
    id: world.ids.next('credit_note_line_item'),
    object: 'credit_note_line_item',
    amount: share.amount,
    description: null,
    discount_amount: share.discounts.reduce((sum, { amount }) => sum + amount, 0),
    discount_amounts: share.discounts,
    livemode: false,
    metadata: {},
    pretax_credit_amounts: share.discounts.map((each) => ({ ...each, type: 'discount' })),
    quantity: null,
    tax_rates: [],
    taxes: share.taxes,
    unit_amount: null,
    unit_amount_decimal: null,
    ...fields,
  }) as CreditNoteLine

const refuseFields = (input: CreditLineInput, names: readonly (keyof CreditLineInput)[], param: string): void => {
  const name = names.find((each) => input[each] !== undefined)
  if (name === undefined) return
  throw invalidRequest(`The parameter ${name} is not valid for credit note lines of type ${input.type}.`, {
    param: `${param}[${name}]`,
  })
}

const refuseStatedTax = (invoice: Invoice, input: CreditLineInput, param: string): void => {
  if ((invoice.automatic_tax as { enabled?: boolean } | undefined)?.enabled !== true) return
  refuseFields(input, ['tax_amounts'], param)
  if (input.type === 'invoice_line_item') return
  throw invalidRequest('Credit notes for invoices with automatic tax cannot have custom line items.', {
    param: `${param}[type]`,
  })
}

const invoiceLine = ({ invoice, param }: Place, id: string | undefined): InvoiceLine => {
  const name = `${param}[invoice_line_item]`
  if (id === undefined) throw missingParam(name)
  const found = invoice.lines.data.find((line) => line.id === id)
  if (found) return found
  throw noSuch('line_item', id, { param: name })
}

const refuseMixed = (left: LeftOfLine, by: 'amount' | 'quantity', param: string): void => {
  if (left.by === undefined || left.by === by) return
  throw invalidRequest(
    `This invoice line item was credited by ${left.by} before: it can only be credited by ${left.by}.`,
    { param: `${param}[${by}]` },
  )
}

const refuseMore = (asked: number, left: number, param: string): void => {
  if (asked >= 1 && asked <= left) return
  throw invalidRequest(`You cannot credit ${asked} of this invoice line item: ${Math.max(0, left)} is left.`, { param })
}

/** Where tax is automatic, an amount is meant without the tax in it. */
const grossOf = ({ invoice, param }: Place, left: LeftOfLine, asked: number): number => {
  const automatic = (invoice.automatic_tax as { enabled?: boolean } | undefined)?.enabled === true
  const base = left.amount - (automatic ? inclusiveTax(left) : 0)
  refuseMore(asked, base, `${param}[amount]`)
  return asked === base ? left.amount : Math.round((left.amount * asked) / base)
}

interface Part {
  readonly amount: number
  readonly fields: Partial<CreditNoteLine>
}

interface Pricing {
  readonly unit_amount_decimal?: string | null
}

const partOfQuantity = (line: InvoiceLine, left: LeftOfLine, quantity: number): Part => {
  const decimal = (line.pricing as Pricing | null)?.unit_amount_decimal ?? null
  const whole = decimal === null || decimal.includes('.') ? null : Number(decimal)
  const share = Math.round((line.amount * quantity) / (line.quantity ?? 1))
  return {
    amount: quantity === left.quantity ? left.amount : Math.min(share, left.amount),
    fields: { quantity, unit_amount_decimal: decimal, unit_amount: whole },
  }
}

const partOf = (place: Place, input: CreditLineInput, of: { line: InvoiceLine; left: LeftOfLine }): Part => {
  const { line, left } = of
  const { amount, quantity } = input
  if ((amount === undefined) === (quantity === undefined)) {
    throw invalidRequest('You must specify exactly one of these parameters: amount, quantity.', { param: place.param })
  }
  refuseMixed(left, amount === undefined ? 'quantity' : 'amount', place.param)
  if (amount !== undefined) {
    return { amount: grossOf(place, left, amount), fields: {} }
  }
  refuseMore(quantity ?? 0, left.amount > 0 ? left.quantity : 0, `${place.param}[quantity]`)
  return partOfQuantity(line, left, quantity ?? 0)
}

const leftOf = (world: World, { invoice, before }: Pick<Place, 'invoice' | 'before'>, line: InvoiceLine): LeftOfLine =>
  leftOfLine(line, [
    ...creditedLines(world, invoice, line.id),
    ...before.filter((each) => each.invoice_line_item === line.id),
  ])

const creditOfLine = (world: World, place: Place, input: CreditLineInput): CreditNoteLine => {
  refuseFields(input, ['description', 'tax_rates', 'unit_amount', 'unit_amount_decimal'], place.param)
  const line = invoiceLine(place, input.invoice_line_item)
  const left = leftOf(world, place, line)
  const { amount, fields } = partOf(place, input, { line, left })
  const share = shareOfAmount(left, amount)
  const taxes = statedTaxes(world, input, place.param) ?? share.taxes
  return lineOf(world, { ...share, taxes }, { ...fields, ...namedAfter(line), ...noted(input) })
}

const namedAfter = (line: InvoiceLine): Partial<CreditNoteLine> => ({
  description: line.description,
  invoice_line_item: line.id,
  type: 'invoice_line_item',
})

const noted = ({ metadata }: CreditLineInput): Partial<CreditNoteLine> => ({ metadata: mergeMetadata({}, metadata) })

const unitAmount = ({ unit_amount, unit_amount_decimal }: CreditLineInput, param: string): number => {
  if (unit_amount !== undefined && unit_amount_decimal !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: unit_amount, unit_amount_decimal.', {
      param: `${param}[unit_amount_decimal]`,
    })
  }
  const unit = Number(unit_amount ?? unit_amount_decimal ?? Number.NaN)
  if (Number.isNaN(unit)) throw missingParam(`${param}[unit_amount]`)
  if (unit > 0) return unit
  throw invalidRequest('Credit note lines have to be positive.', { param: `${param}[unit_amount]` })
}

const customLine = (world: World, { invoice, param }: Place, input: CreditLineInput): CreditNoteLine => {
  refuseFields(input, ['amount', 'invoice_line_item'], param)
  const { description, quantity } = input
  if (description === undefined) throw missingParam(`${param}[description]`)
  if (quantity === undefined) throw missingParam(`${param}[quantity]`)
  const unit = unitAmount(input, param)
  const amount = Math.round(unit * quantity)
  const tax_rates = ratesOf(world, input, param)
  const buyer = placeOf(world.need('customer', invoice.customer))
  const taxes = statedTaxes(world, input, param) ?? taxesByRates(amount, tax_rates, buyer)
  const price = { unit_amount: Number.isInteger(unit) ? unit : null, unit_amount_decimal: String(unit) }
  const fields = { description, quantity, tax_rates, type: 'custom_line_item' as const, ...price }
  return lineOf(world, { amount, discounts: [], taxes }, { ...fields, ...noted(input) })
}

/** The lines that a request names, one after the other. */
export const namedLines = (world: World, invoice: Invoice, inputs: readonly CreditLineInput[]): CreditNoteLine[] => {
  const lines: CreditNoteLine[] = []
  for (const [index, input] of inputs.entries()) {
    const place = { invoice, before: lines, param: `lines[${index}]` }
    refuseStatedTax(invoice, input, place.param)
    const make = input.type === 'invoice_line_item' ? creditOfLine : customLine
    lines.push(make(world, place, input))
  }
  return lines
}

/** A worth without lines belongs to all of the invoice's, in proportion to what is left of them. */
export const proportionalLines = (world: World, invoice: Invoice, worth: number): CreditNoteLine[] => {
  const open = invoice.lines.data
    .map((line) => ({ line, left: leftOf(world, { invoice, before: [] }, line) }))
    .filter(({ left }) => worthOf(left) > 0)
  const parts = spread(
    worth,
    open.map(({ left }) => left),
  )
  return open.flatMap(({ line, left }, index) => {
    const part = parts[index] ?? 0
    return part === 0 ? [] : [lineOf(world, shareWorth(left, part), namedAfter(line))]
  })
}
