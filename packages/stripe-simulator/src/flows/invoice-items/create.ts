import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Invoice, InvoiceItem, Period } from '../../domain/objects/invoice.ts'
import type { TaxRate } from '../../domain/objects/tax.ts'
import type { World } from '../../world.ts'
import { applyDiscounts, type DiscountInput } from '../discounts.ts'
import { asGiven, type Named } from './named.ts'
import { type Asked, askedPosition, type PositionInput } from './position.ts'

export interface ItemFields extends PositionInput {
  readonly description?: string
  readonly discountable?: boolean
  readonly discounts?: readonly DiscountInput[] | ''
  readonly metadata?: MetadataInput
  readonly period?: Period
  readonly tax_behavior?: 'exclusive' | 'inclusive' | 'unspecified'
  readonly tax_rates?: readonly string[] | ''
}

/** Whose position it is, and what bills it, if that is settled already. */
export interface ItemOwner {
  readonly customer: string
  readonly subscription?: string | undefined
  readonly invoice?: Invoice | undefined
}

/** Shown for what no discount applies to. */
export const netOf = (item: Pick<InvoiceItem, 'amount' | 'discountable'>): Partial<InvoiceItem> =>
  item.discountable ? { net_amount: undefined } : { net_amount: item.amount }

const largest = 99_999_999

export const checkSize = (amount: number, param: string): void => {
  if (Math.abs(amount) <= largest) return
  throw invalidRequest('Amount must be no more than 999,999.99', { code: 'amount_too_large', param })
}

export const checkedPeriod = (period: Period, param: string): Period => {
  if (period.end >= period.start) return { start: period.start, end: period.end }
  throw invalidRequest('The end of a period must be greater than or equal to its start.', { param: `${param}[end]` })
}

/** Rates that may be applied: what is archived is not. */
export const usableRates = (world: World, ids: readonly string[] | '' | undefined, param: string): TaxRate[] =>
  (ids || []).map((id, index) => {
    const rate = world.need('tax_rate', id, { param: `${param}[${index}]` })
    if (rate.active) return rate
    throw invalidRequest(`The tax rate ${id} is archived. Only active tax rates can be applied.`, {
      param: `${param}[${index}]`,
    })
  })

/** A price says itself how it is taxed; only a bare amount is told. */
export const isInclusive = (input: ItemFields, { param }: Asked): boolean | undefined => {
  const behavior = input.tax_behavior
  if (behavior === undefined) return undefined
  if (input.price_data === undefined && input.pricing === undefined) return behavior === 'inclusive'
  throw notSimulated('a tax behavior beside that of a price', param('tax_behavior'))
}

const parentOf = (subscription: string | undefined): InvoiceItem['parent'] =>
  subscription === undefined ? null : { type: 'subscription_details', subscription_details: { subscription } }

const discountsOf = (world: World, fields: ItemFields, { owner, asked, id }: Made): string[] =>
  applyDiscounts(world, fields.discounts || [], {
    customer: owner.customer,
    invoiceItem: id,
    known: [...(owner.invoice?.discounts ?? []), ...subscriptionDiscounts(world, owner.subscription)],
    param: asked.param('discounts'),
    currency: asked.currency ?? '',
  })

const subscriptionDiscounts = (world: World, id: string | undefined): readonly string[] =>
  id === undefined ? [] : (world.store.get('subscription', id)?.discounts ?? [])

interface Made {
  readonly id: string
  readonly owner: ItemOwner
  readonly asked: Asked
}

const currencyFor = (world: World, owner: ItemOwner): string | undefined =>
  owner.invoice?.currency ??
  (owner.subscription === undefined ? undefined : world.need('subscription', owner.subscription).currency)

/** A new position. One that is for an invoice is not on it yet: `onInvoice` puts it there. */
export const addItem = (
  world: World,
  owner: ItemOwner,
  { fields, param = asGiven }: { fields: ItemFields; param?: Named },
): InvoiceItem => {
  const asked = { param, currency: currencyFor(world, owner) }
  const position = askedPosition(world, fields, asked)
  checkSize(position.amount, param('amount'))
  const id = world.ids.next('invoiceitem')
  const now = world.now()
  const inclusive = isInclusive(fields, asked)
  const discountable = fields.discountable ?? position.amount >= 0
  const customer = world.need('customer', owner.customer)
  if (customer.currency === null) world.update(customer, { currency: position.currency })
  return world.insert(
    'invoiceitem',
    {
      id,
      ...position,
      created: undefined,
      customer: owner.customer,
      date: now,
      description: fields.description || position.description,
      discountable,
      discounts: discountsOf(world, fields, { id, owner, asked: { ...asked, currency: position.currency } }),
      invoice: owner.invoice?.id ?? null,
      metadata: mergeMetadata({}, fields.metadata),
      ...netOf({ amount: position.amount, discountable }),
      parent: parentOf(owner.subscription),
      period: fields.period ? checkedPeriod(fields.period, param('period')) : { start: now, end: now },
      proration: false,
      tax_rates: usableRates(world, fields.tax_rates, param('tax_rates')),
      ...(inclusive === undefined ? {} : { $inclusive: inclusive }),
      ...(owner.subscription === undefined ? {} : { $subscription: owner.subscription }),
    },
    'invoiceitem.created',
  )
}
