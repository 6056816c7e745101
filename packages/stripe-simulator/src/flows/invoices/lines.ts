import { invalidRequest, missingParam, noSuch, notSimulated } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Invoice, InvoiceItem, InvoiceLine, LineTaxTerms } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { applyDiscounts } from '../discounts.ts'
import { changeItem, removeItem } from '../invoice-items/change.ts'
import { addItem, checkedPeriod, type ItemFields, usableRates } from '../invoice-items/create.ts'
import { type Named, within } from '../invoice-items/named.ts'
import { itemOfLine, needDraft, offInvoice, onInvoice } from '../invoice-items/on-invoice.ts'
import { recalculate, toldOnce } from './price-lines.ts'
import { lineTaxTerms, type TaxAmountInput } from './tax-amounts.ts'

export interface LineInput extends ItemFields {
  readonly tax_amounts?: readonly TaxAmountInput[] | ''
}

export interface NewLine extends LineInput {
  readonly invoice_item?: string
}

export interface ChangedLine extends LineInput {
  readonly id: string
}

export interface RemovedLine {
  readonly id: string
  readonly behavior: 'delete' | 'unassign'
}

export interface Lines<L> {
  readonly lines: readonly L[]
  readonly invoice_metadata?: MetadataInput
}

const lineNamed = (draft: Invoice, id: string, param: string): InvoiceLine => {
  const line = draft.lines.data.find((each) => each.id === id)
  if (!line) throw noSuch('invoice line item', id, { param })
  return line
}

/** A position that waited is taken in. */
const assigned = (world: World, draft: Invoice, { input, param }: { input: NewLine; param: Named }): InvoiceItem => {
  const { invoice_item: id = '', ...changes } = input
  const item = world.need('invoiceitem', id, { param: param('invoice_item') })
  if (item.customer !== draft.customer || item.currency !== draft.currency) {
    throw invalidRequest('The invoice item must have the customer and the currency of the invoice.', {
      param: param('invoice_item'),
    })
  }
  if (item.invoice !== null) {
    throw invalidRequest('The invoice item is already assigned to an invoice.', { param: param('invoice_item') })
  }
  const changed = changeItem(world, item, { fields: changes, param })
  return world.update(changed, { invoice: draft.id })
}

const ownTerms = (world: World, { tax_amounts: amounts }: LineInput): LineTaxTerms | undefined =>
  amounts === undefined ? undefined : lineTaxTerms(world, amounts)

const withTerms = (world: World, draft: Invoice, own: { id: string; terms: LineTaxTerms | undefined }): Invoice =>
  own.terms === undefined
    ? draft
    : recalculate(world, draft, { $lineTaxes: { ...draft.$lineTaxes, [own.id]: own.terms } })

/** Nested parameters are not on the route's list: what has no effect here is refused all the same. */
const refuseUnserved = (input: object, param: Named): void => {
  if ('quantity_decimal' in input) throw notSimulated('fractions of a quantity', param('quantity_decimal'))
}

const refuseTaxed = (draft: Invoice, input: LineInput, param: Named): void => {
  if (!input.tax_amounts) return
  if (!draft.automatic_tax.enabled && draft.default_tax_rates.length === 0 && !input.tax_rates) return
  throw invalidRequest('You cannot set `tax_amounts` beside tax rates or automatic tax.', {
    param: param('tax_amounts'),
  })
}

const addLine = (world: World, draft: Invoice, given: { input: NewLine; param: Named }): Invoice => {
  const { input, param } = given
  refuseUnserved(input, param)
  refuseTaxed(draft, input, param)
  const subscription = draft.parent?.subscription_details.subscription
  const item =
    input.invoice_item === undefined
      ? addItem(world, { customer: draft.customer, invoice: draft, subscription }, { fields: input, param })
      : assigned(world, draft, given)
  const grown = onInvoice(world, draft, [item])
  return withTerms(world, grown, { id: grown.lines.data.at(-1)?.id ?? '', terms: ownTerms(world, input) })
}

const notOfItems = ['amount', 'price_data', 'pricing', 'quantity', 'tax_behavior', 'unit_amount_decimal'] as const

/** What a subscription bills is changed in words, discounts and taxes; its amount is the subscription's. */
const changeRecurring = (
  world: World,
  draft: Invoice,
  given: { line: InvoiceLine; input: LineInput; param: Named },
) => {
  const { line, input, param } = given
  const other = notOfItems.find((name) => input[name] !== undefined)
  if (other !== undefined) throw notSimulated('another amount of a line that a subscription bills', param(other))
  const { customer, currency, id: invoice } = draft
  const owner = { customer, currency, invoice, known: [...draft.discounts, ...line.discounts] }
  const changed: InvoiceLine = {
    ...line,
    description: input.description ?? line.description,
    discountable: input.discountable ?? line.discountable,
    discounts:
      input.discounts === undefined
        ? line.discounts
        : applyDiscounts(world, input.discounts || [], { ...owner, param: param('discounts') }),
    metadata: mergeMetadata(line.metadata, input.metadata),
    period: input.period ? checkedPeriod(input.period, param('period')) : line.period,
  }
  const data = draft.lines.data.map((each) => (each.id === line.id ? changed : each))
  const rates = input.tax_rates && usableRates(world, input.tax_rates, param('tax_rates')).map(({ id }) => id)
  const terms = rates === undefined ? {} : { $lineTaxes: { ...draft.$lineTaxes, [line.id]: { rates: rates || [] } } }
  return recalculate(world, draft, { lines: { ...draft.lines, data }, ...terms })
}

export const changeLine = (world: World, draft: Invoice, given: { input: ChangedLine; param: Named }): Invoice => {
  const { input, param } = given
  const { id, tax_amounts: _taxes, ...fields } = input
  const line = lineNamed(draft, id, param('id'))
  refuseUnserved(input, param)
  refuseTaxed(draft, input, param)
  const item = itemOfLine(world, line)
  if (item) changeItem(world, item, { fields, param })
  else changeRecurring(world, draft, { line, input: fields, param })
  const changed = needDraft(world, draft.id)
  return withTerms(world, changed, { id, terms: ownTerms(world, input) })
}

const removeLine = (world: World, draft: Invoice, given: { input: RemovedLine; param: Named }): Invoice => {
  const { input, param } = given
  const line = lineNamed(draft, input.id, param('id'))
  const item = itemOfLine(world, line)
  if (!item) throw notSimulated('removing a line that a subscription bills', param('id'))
  if (input.behavior === 'delete') {
    removeItem(world, item)
    return needDraft(world, draft.id)
  }
  world.update(item, { invoice: null })
  return offInvoice(world, draft, [line.id])
}

type Step<L> = (world: World, draft: Invoice, given: { readonly input: L; readonly param: Named }) => Invoice

const each =
  <L>(step: Step<L>) =>
  (world: World, invoice: Invoice, { lines, invoice_metadata }: Lines<L>): Invoice => {
    const draft = needDraft(world, invoice.id)
    if (lines.length === 0) throw missingParam('lines')
    return toldOnce(world, draft.id, () => {
      const changed = lines.reduce(
        (current, input, index) => step(world, current, { input, param: within(`lines[${index}]`) }),
        draft,
      )
      return world.update(changed, { metadata: mergeMetadata(changed.metadata, invoice_metadata) })
    })
  }

/** Each of these changes several lines of a draft at once: all of them, or none. */
export const addLines = each(addLine)
export const changeLines = each(changeLine)
export const removeLines = each(removeLine)
