import { itemLine } from '../../domain/invoice-line.ts'
import type { Invoice, InvoiceItem, InvoiceLine, LineDraft, Period } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { discounted, totalsOf } from './totals.ts'

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
}

/** What waits to be billed to a subscription. */
export const pendingItems = (world: World, subscription: Subscription): InvoiceItem[] =>
  world.store
    .all('invoiceitem')
    .filter((item) => item.invoice === null && item.customer === subscription.customer)
    .filter((item) => item.$subscription === undefined || item.$subscription === subscription.id)

const withIds = (world: World, invoice: string, lines: readonly LineDraft[]): InvoiceLine[] =>
  lines.map((line) => ({ ...line, id: world.ids.next('line_item'), invoice }) as InvoiceLine)

const parentOf = (subscription: Subscription | undefined): Invoice['parent'] =>
  subscription
    ? {
        type: 'subscription_details',
        quote_details: null,
        subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      }
    : null

const partiesOf = (world: World, input: DraftInput): Partial<Invoice> => {
  const customer = world.need('customer', input.customer)
  return {
    customer: customer.id,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping ?? null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    starting_balance: customer.balance,
  }
}

const dueOf = (total: number, balance: number): number => Math.max(0, total + balance)

const moneyOf = (total: number, balance: number): Partial<Invoice> => {
  const due = dueOf(total, balance)
  return { total, total_excluding_tax: total, amount_due: due, amount_paid: 0, amount_remaining: due }
}

/** A draft with its lines, discounts and totals. Pending items are taken in. */
export const draftInvoice = (world: World, input: DraftInput): Invoice => {
  const { subscription, items = [], discounts = [] } = input
  const id = input.id ?? world.ids.next('invoice')
  const lines = discounted(world, [...items.map(itemLine), ...input.lines], discounts)
  const { total, ...sums } = totalsOf(lines)
  for (const item of items) world.update(item, { invoice: id })
  const parties = partiesOf(world, input)
  return world.insert(
    'invoice',
    {
      id,
      account_country: 'US',
      account_name: 'Simulated account',
      auto_advance: true,
      automatically_finalizes_at: input.finalizesAt ?? null,
      billing_reason: input.reason,
      collection_method: subscription?.collection_method ?? 'charge_automatically',
      currency: input.currency,
      default_payment_method: null,
      discounts: [...discounts],
      effective_at: null,
      issuer: { type: 'self' },
      lines: { object: 'list', data: withIds(world, id, lines), has_more: false, url: `/v1/invoices/${id}/lines` },
      metadata: {},
      parent: parentOf(subscription),
      period_end: input.period.end,
      period_start: input.period.start,
      status: 'draft',
      subtotal_excluding_tax: sums.subtotal,
      total_pretax_credit_amounts: [],
      total_taxes: [],
      ...sums,
      ...parties,
      ...moneyOf(total, parties.starting_balance ?? 0),
    },
    'invoice.created',
  )
}
