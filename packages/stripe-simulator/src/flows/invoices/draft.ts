import { amountDue } from '../../domain/currency.ts'
import { itemLine } from '../../domain/invoice-line.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import type { Invoice, InvoiceItem, InvoiceLine, LineDraft, Period } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { TaxRate } from '../../domain/objects/tax.ts'
import type { World } from '../../world.ts'
import { balanceIn } from '../balance.ts'
import { ownAccount } from '../connect/own-account.ts'
import { invoiceTermsOf } from '../connect/subscription-terms.ts'
import { automaticTax } from '../tax/invoice-tax.ts'
import { isKnown, placeOf } from '../tax/rates.ts'
import { quotedTaxIds } from '../tax/tax-ids.ts'
import { moneyOf, pricedLines } from './price-lines.ts'
import { totalsOf } from './totals.ts'
import { deliveredAtBirth } from './webhooks-answered.ts'

export interface DraftInput {
  /** An id that was given away before. */
  readonly id?: string
  readonly customer: string
  readonly currency: string
  readonly reason: string
  readonly subscription?: Subscription
  readonly lines: readonly LineDraft[]
  /** Positions that waited for this invoice. */
  readonly items?: readonly InvoiceItem[]
  readonly discounts?: readonly string[]
  readonly period: Period
  readonly finalizesAt?: number
  /** Whether tax is added; by default as the subscription says. */
  readonly taxed?: boolean
  /** The rates of lines that have none of their own. */
  readonly taxRates?: readonly TaxRate[]
  readonly fields?: Partial<Invoice>
}

export interface Debtor {
  readonly customer: string
  readonly currency: string
}

/** What waits for the next invoice of a customer, whichever it will be. */
export const waitingItems = (world: World, { customer, currency }: Debtor): InvoiceItem[] =>
  world.store
    .all('invoiceitem')
    .filter((item) => item.invoice === null && item.customer === customer && item.currency === currency)

/** What waits to be billed to a subscription. */
export const pendingItems = (world: World, subscription: Subscription): InvoiceItem[] =>
  waitingItems(world, subscription).filter(
    (item) => item.$subscription === undefined || item.$subscription === subscription.id,
  )

export const lineWithId = (world: World, invoice: string, line: LineDraft): InvoiceLine =>
  ({ ...line, id: world.ids.next('line_item'), invoice }) as InvoiceLine

const withIds = (world: World, invoice: string, lines: readonly LineDraft[]): InvoiceLine[] =>
  lines.map((line) => lineWithId(world, invoice, line))

const parentOf = (subscription: Subscription | undefined): Invoice['parent'] =>
  subscription
    ? {
        type: 'subscription_details',
        quote_details: null,
        subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      }
    : null

const partiesOf = (world: World, customer: Customer): Partial<Invoice> => {
  const { custom_fields = null, footer = null } = customer.invoice_settings
  return {
    custom_fields,
    customer: customer.id,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping ?? null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: quotedTaxIds(world, customer.id),
    footer,
  }
}

const isTaxed = ({ taxed: asked, subscription }: DraftInput): boolean =>
  asked ?? subscription?.automatic_tax.enabled === true

const linesOf = (world: World, input: DraftInput, customer: Customer): LineDraft[] => {
  const given = [...(input.items ?? []).map(itemLine), ...input.lines]
  const tax = { place: placeOf(customer), automatic: isTaxed(input), rates: input.taxRates ?? [], ofLines: {} }
  return pricedLines(world, given, { discounts: input.discounts ?? [], tax })
}

/** A draft with its lines, discounts and totals. Pending items are taken in. */
export const draftInvoice = (world: World, input: DraftInput): Invoice => {
  const { subscription, items = [], discounts = [] } = input
  const id = input.id ?? world.ids.next('invoice')
  const account = ownAccount(world)
  const customer = world.need('customer', input.customer)
  const lines = linesOf(world, input, customer)
  const { total, ...sums } = totalsOf(lines)
  const starting_balance = balanceIn(customer, input.currency)
  for (const item of items) world.update(item, { invoice: id })
  const parties = partiesOf(world, customer)
  if (customer.currency === null) world.update(customer, { currency: input.currency })
  return world.insert(
    'invoice',
    {
      id,
      account_country: account.country,
      account_name: account.business_profile.name,
      auto_advance: true,
      automatically_finalizes_at: input.finalizesAt ?? null,
      billing_reason: input.reason,
      collection_method: subscription?.collection_method ?? 'charge_automatically',
      currency: input.currency,
      default_payment_method: null,
      default_tax_rates: [...(input.taxRates ?? [])],
      discounts: [...discounts],
      effective_at: null,
      hosted_invoice_url: null,
      invoice_pdf: null,
      issuer: { type: 'self' },
      lines: { object: 'list', data: withIds(world, id, lines), has_more: false, url: `/v1/invoices/${id}/lines` },
      metadata: {},
      on_behalf_of: subscription?.on_behalf_of ?? null,
      parent: parentOf(subscription),
      period_end: input.period.end,
      period_start: input.period.start,
      status: 'draft',
      webhooks_delivered_at: deliveredAtBirth(world),
      ...sums,
      ...parties,
      starting_balance,
      ...moneyOf(total, amountDue(total + starting_balance, input.currency)),
      automatic_tax: automaticTax(isTaxed(input), isKnown(placeOf(customer))),
      ...(subscription ? { $terms: invoiceTermsOf(subscription) } : {}),
      ...input.fields,
    },
    'invoice.created',
  )
}
