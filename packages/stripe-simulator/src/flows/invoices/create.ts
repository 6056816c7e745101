import { checkCurrency } from '../../domain/currency.ts'
import { invalidRequest, missingParam } from '../../domain/failure.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import type { Invoice, InvoiceItem } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { TaxRate } from '../../domain/objects/tax.ts'
import type { World } from '../../world.ts'
import { changedInvoiceTerms } from '../connect/invoice-terms.ts'
import { invoiceTermsOf } from '../connect/subscription-terms.ts'
import { applyDiscounts } from '../discounts.ts'
import { refuseUnlocated } from '../tax/invoice-tax.ts'
import { draftInvoice, waitingItems } from './draft.ts'
import { type InvoiceInput, plainFields } from './fields.ts'
import { collectionTerms, draftAdvance } from './terms.ts'

export interface NewInvoice extends InvoiceInput {
  readonly currency?: string
  readonly customer?: string
  readonly pending_invoice_items_behavior?: 'exclude' | 'include'
  readonly subscription?: string
}

interface Billed {
  readonly customer: Customer
  readonly subscription?: Subscription
}

const partiesOf = (world: World, input: NewInvoice): Billed => {
  const subscription =
    input.subscription === undefined
      ? undefined
      : world.need('subscription', input.subscription, { param: 'subscription' })
  const id = input.customer ?? subscription?.customer
  if (id === undefined) throw missingParam('customer')
  const customer = world.need('customer', id, { param: 'customer' })
  if (!subscription) return { customer }
  if (subscription.customer === customer.id) return { customer, subscription }
  throw invalidRequest(`The subscription belongs to another customer than ${customer.id}.`, { param: 'subscription' })
}

const currencyOf = (input: NewInvoice, { customer, subscription }: Billed): string => {
  const currency = checkCurrency(input.currency ?? subscription?.currency ?? customer.currency ?? 'usd')
  if (!subscription || subscription.currency === currency) return currency
  throw invalidRequest(`The subscription is billed in ${subscription.currency}.`, { param: 'currency' })
}

/** The positions that the invoice takes in: all that wait, or those of one subscription. */
const itemsFor = (world: World, input: NewInvoice, debtor: { customer: string; currency: string }): InvoiceItem[] => {
  if (input.pending_invoice_items_behavior !== 'include') return []
  return waitingItems(world, debtor).filter(
    (item) => input.subscription === undefined || item.$subscription === input.subscription,
  )
}

const discountsOf = (world: World, input: NewInvoice, made: { id: string; billed: Billed; currency: string }) => {
  const { id, billed, currency } = made
  const inherited = billed.customer.discount?.id
  if (input.discounts === undefined) return inherited === undefined ? [] : [inherited]
  const known = [...(billed.subscription?.discounts ?? []), ...(inherited === undefined ? [] : [inherited])]
  return applyDiscounts(world, input.discounts || [], { customer: billed.customer.id, invoice: id, known, currency })
}

const bySubscription = ({ subscription }: Billed, input: NewInvoice): InvoiceInput => ({
  ...(subscription ? { collection_method: subscription.collection_method } : {}),
  ...(subscription?.days_until_due && input.due_date === undefined
    ? { days_until_due: subscription.days_until_due }
    : {}),
})

const termsFor = (world: World, input: NewInvoice, billed: Billed) => {
  const given = input.collection_method === undefined ? { ...bySubscription(billed, input), ...input } : input
  return collectionTerms(world, given, {
    collection_method: 'charge_automatically',
    due_date: null,
    created: world.now(),
  })
}

/** How its payment is shared: as its subscription's are, unless the request says otherwise. */
const sharedAs = (world: World, input: NewInvoice, { subscription }: Billed): Partial<Invoice> => {
  const inherited = subscription ? { $terms: invoiceTermsOf(subscription) } : {}
  return changedInvoiceTerms(world, { on_behalf_of: subscription?.on_behalf_of ?? null, ...inherited }, input)
}

export const refuseTwoTaxes = (automatic: boolean, rates: readonly TaxRate[]): void => {
  if (!automatic || rates.length === 0) return
  throw invalidRequest('You cannot set `default_tax_rates` on an invoice with automatic tax.', {
    param: 'default_tax_rates',
  })
}

/** A draft that a server asks for. It stays one until somebody finalizes it, unless it is to go on by itself. */
export const createInvoice = (world: World, input: NewInvoice): Invoice => {
  const billed = partiesOf(world, input)
  const { customer, subscription } = billed
  const currency = currencyOf(input, billed)
  const taxed = input.automatic_tax?.enabled ?? false
  if (taxed) refuseUnlocated(customer)
  const { default_tax_rates: rates = [], ...fields } = plainFields(world, input, {
    customer: customer.id,
    metadata: {},
  })
  refuseTwoTaxes(taxed, rates)
  const advance = draftAdvance(world, input, { auto_advance: false, automatically_finalizes_at: null })
  const terms = { ...termsFor(world, input, billed), ...sharedAs(world, input, billed) }
  const id = world.ids.next('invoice')
  if (customer.currency === null) world.update(customer, { currency })
  return draftInvoice(world, {
    id,
    customer: customer.id,
    currency,
    reason: 'manual',
    ...(subscription ? { subscription } : {}),
    lines: [],
    items: itemsFor(world, input, { customer: customer.id, currency }),
    discounts: discountsOf(world, input, { id, billed, currency }),
    period: { start: world.now(), end: world.now() },
    taxed,
    taxRates: rates,
    fields: { ...fields, ...advance, ...terms },
  })
}
