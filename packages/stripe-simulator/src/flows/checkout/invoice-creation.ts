import { pricingOf } from '../../domain/invoice-line.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { Price } from '../../domain/objects/catalog.ts'
import type { CheckoutItem, CheckoutSession, InvoiceCreation } from '../../domain/objects/checkout.ts'
import type { InvoiceItem } from '../../domain/objects/invoice.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'
import { draftInvoice } from '../invoices/draft.ts'
import { finalizeInvoice } from '../invoices/finalize.ts'
import { markPaid, markProcessing } from '../invoices/settle.ts'

export interface Buyer {
  readonly customer: string
  readonly subscription?: string
}

/** A line that is bought once, waiting for its invoice. */
export const oneTimeItem = (world: World, { customer, subscription }: Buyer, item: CheckoutItem): InvoiceItem =>
  world.insert(
    'invoiceitem',
    {
      amount: item.amount_subtotal,
      currency: item.currency,
      customer,
      date: world.now(),
      description: item.description,
      discountable: true,
      discounts: [],
      invoice: null,
      metadata: {},
      parent:
        subscription === undefined ? null : { type: 'subscription_details', subscription_details: { subscription } },
      period: { start: world.now(), end: world.now() },
      pricing: pricingOf(item.price as unknown as Price),
      quantity: item.quantity ?? 1,
      quantity_decimal: String(item.quantity ?? 1),
      tax_rates: [],
      ...(subscription === undefined ? {} : { $subscription: subscription }),
    },
    'invoiceitem.created',
  )

const emptyData = {
  account_tax_ids: null,
  custom_fields: null,
  description: null,
  footer: null,
  issuer: null,
  metadata: null,
  rendering_options: null,
}

/** Whether a payment is to have an invoice, and what stands on it. */
export const invoiceCreation = (input: InvoiceCreation | undefined): InvoiceCreation => ({
  enabled: input?.enabled === true,
  invoice_data: { ...emptyData, ...input?.invoice_data },
})

export interface Receipt {
  readonly customer: string
  readonly discounts: readonly string[]
  readonly intent?: PaymentIntent | undefined
}

/** The invoice of a payment that is made already, or on its way. */
export const receiptInvoice = (world: World, session: CheckoutSession, receipt: Receipt): string => {
  const { customer, discounts, intent } = receipt
  const { metadata, description, footer, custom_fields } = session.invoice_creation?.invoice_data ?? emptyData
  const draft = draftInvoice(world, {
    customer,
    currency: session.currency ?? 'usd',
    reason: 'manual',
    lines: [],
    items: session.$items.map((item) => oneTimeItem(world, { customer }, item)),
    discounts,
    period: { start: world.now(), end: world.now() },
    taxed: session.automatic_tax.enabled,
    fields: {
      description,
      metadata: mergeMetadata({}, metadata ?? undefined),
      ...(footer === null ? {} : { footer }),
      ...(custom_fields === null ? {} : { custom_fields }),
    },
  })
  const invoice = finalizeInvoice(world, draft, intent)
  if (invoice.status === 'paid') return draft.id
  if (intent?.status === 'processing') markProcessing(world, invoice, false)
  else markPaid(world, invoice)
  return draft.id
}
