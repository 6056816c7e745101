import { z } from 'zod'
import type { InvoiceLine, InvoiceSnapshot } from '../domain/invoice.ts'
import { catalogKeys } from './metadata.ts'
import { instant, read, reference } from './read.ts'

const price = z.object({
  id: z.string(),
  lookup_key: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
})

const anyLine = {
  id: z.string(),
  amount: z.int(),
  quantity: z.int().nullish(),
  period: z.object({ start: instant, end: instant }),
}

const origin = z.object({ proration: z.boolean() }).nullish()

/** Since basil (2025-03) a line says in `parent` where it comes from, and names its price in `pricing`. */
const lineSinceBasil = z.object({
  ...anyLine,
  parent: z.object({ subscription_item_details: origin, invoice_item_details: origin }).nullable(),
  pricing: z.object({ price_details: z.object({ price: z.union([z.string(), price]) }).nullish() }).nullable(),
})

const lineBeforeBasil = z.object({ ...anyLine, proration: z.boolean(), price: price.nullable() })

const line = z.union([lineSinceBasil, lineBeforeBasil])

const invoice = z.object({
  id: z.string(),
  customer: reference,
  status: z.string().nullish(),
  billing_reason: z.string().nullish(),
  created: instant,
  lines: z.object({ data: z.array(line), has_more: z.boolean() }),
})

const reasons: readonly string[] = ['subscription_create', 'subscription_cycle', 'subscription_update']

const isReason = (reason: string): reason is InvoiceSnapshot['reason'] => reasons.includes(reason)

/** With `hasMore`, Stripe has lines that it did not send along. A line whose price is a mere id has no `priceKey` yet. */
export const toInvoice = (object: unknown): { snapshot: InvoiceSnapshot; hasMore: boolean } => {
  const found = read(invoice, object, 'invoice')
  const reason = found.billing_reason ?? ''
  return {
    hasMore: found.lines.has_more,
    snapshot: {
      providerInvoiceId: found.id,
      providerCustomerId: found.customer,
      isPaid: found.status === 'paid',
      reason: isReason(reason) ? reason : 'other',
      createdAt: found.created,
      lines: found.lines.data.flatMap(toLine),
    },
  }
}

export const toInvoiceLine = (object: unknown): readonly InvoiceLine[] => toLine(read(line, object, 'invoice line'))

const toLine = (found: z.output<typeof line>): readonly InvoiceLine[] => {
  const { providerPriceId, priceKey } = priceOf(found)
  if (providerPriceId === null) return []
  const { start: startsAt, end: endsAt } = found.period
  const billed = { providerLineId: found.id, quantity: found.quantity ?? 1, amountMinor: found.amount }
  return [{ ...billed, providerPriceId, priceKey, isProration: isProration(found), startsAt, endsAt }]
}

const priceOf = (found: z.output<typeof line>): { providerPriceId: string | null; priceKey: string | null } => {
  const named = 'pricing' in found ? found.pricing?.price_details?.price : found.price
  if (!named) return { providerPriceId: null, priceKey: null }
  return typeof named === 'string'
    ? { providerPriceId: named, priceKey: null }
    : { providerPriceId: named.id, priceKey: priceKeyOf(named) }
}

const isProration = (found: z.output<typeof line>): boolean => {
  if ('proration' in found) return found.proration
  const { subscription_item_details, invoice_item_details } = found.parent ?? {}
  return (subscription_item_details ?? invoice_item_details)?.proration ?? false
}

/** What the catalog calls a price: its lookup key, or the one it had before another price took it over. */
export const priceKeyOf = (object: unknown): string | null => {
  const { lookup_key, metadata } = read(price, object, 'price')
  return lookup_key ?? metadata?.[catalogKeys.priceKey] ?? null
}
