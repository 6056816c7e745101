import { z } from 'zod'
import type { InvoiceLine, InvoiceSnapshot } from '../domain/invoice.ts'
import { catalogKeys } from './metadata.ts'
import { instant, instantOrNull, read, reference, referenceOrNull } from './read.ts'

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

/** Since basil an invoice names its subscription in `parent`, lists its taxes and may have several payments. */
const sinceBasil = z.object({
  parent: z.object({ subscription_details: z.object({ subscription: reference }).nullish() }).nullable(),
  total_taxes: z.array(z.object({ amount: z.int() })).nullable(),
  payments: z
    .object({
      data: z.array(z.object({ is_default: z.boolean(), payment: z.object({ payment_intent: referenceOrNull }) })),
    })
    .nullish(),
})

const beforeBasil = z.object({
  subscription: reference.nullable(),
  tax: z.int().nullable(),
  payment_intent: reference.nullable(),
})

const versioned = z.union([sinceBasil, beforeBasil])

const invoice = z.object({
  id: z.string(),
  customer: reference,
  number: z.string().nullish(),
  status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']),
  billing_reason: z.string().nullish(),
  currency: z.string(),
  subtotal: z.int(),
  total_discount_amounts: z.array(z.object({ amount: z.int() })).nullish(),
  total: z.int(),
  amount_due: z.int(),
  amount_paid: z.int(),
  amount_remaining: z.int(),
  attempt_count: z.int(),
  next_payment_attempt: instantOrNull,
  created: instant,
  period_start: instant,
  period_end: instant,
  hosted_invoice_url: z.string().nullish(),
  invoice_pdf: z.string().nullish(),
  lines: z.object({ data: z.array(line), has_more: z.boolean() }),
})

const reasons: readonly string[] = ['subscription_create', 'subscription_cycle', 'subscription_update']

const isReason = (reason: string): reason is InvoiceSnapshot['reason'] => reasons.includes(reason)

/**
 * With `hasMore`, Stripe has lines that it did not send along. A line whose price is a mere id has no `priceKey` yet.
 * Newer versions name the payment only where `payments` was expanded.
 */
export const toInvoice = (object: unknown): { snapshot: InvoiceSnapshot; hasMore: boolean } => {
  const found = read(invoice, object, 'invoice')
  return {
    hasMore: found.lines.has_more,
    snapshot: {
      ...headOf(found),
      ...versionedOf(read(versioned, object, 'invoice')),
      lines: found.lines.data.flatMap(toLine),
    },
  }
}

type Versioned = Pick<InvoiceSnapshot, 'providerSubscriptionId' | 'providerPaymentId' | 'taxMinor'>

const headOf = (found: z.output<typeof invoice>): Omit<InvoiceSnapshot, keyof Versioned | 'lines'> => {
  const reason = found.billing_reason ?? ''
  return {
    providerInvoiceId: found.id,
    providerCustomerId: found.customer,
    number: found.number ?? null,
    status: found.status,
    reason: isReason(reason) ? reason : 'other',
    currency: found.currency,
    subtotalMinor: found.subtotal,
    discountMinor: sumOf(found.total_discount_amounts ?? []),
    totalMinor: found.total,
    amountDueMinor: found.amount_due,
    amountPaidMinor: found.amount_paid,
    amountRemainingMinor: found.amount_remaining,
    attemptCount: found.attempt_count,
    nextAttemptAt: found.next_payment_attempt,
    createdAt: found.created,
    startsAt: found.period_start,
    endsAt: found.period_end,
    url: found.hosted_invoice_url ?? null,
    pdfUrl: found.invoice_pdf ?? null,
  }
}

const versionedOf = (found: z.output<typeof versioned>): Versioned => {
  if (!('parent' in found)) {
    return {
      providerSubscriptionId: found.subscription,
      providerPaymentId: found.payment_intent,
      taxMinor: found.tax ?? 0,
    }
  }
  const payments = found.payments?.data ?? []
  const payment = payments.find(({ is_default }) => is_default) ?? payments[0]
  return {
    providerSubscriptionId: found.parent?.subscription_details?.subscription ?? null,
    providerPaymentId: payment?.payment.payment_intent ?? null,
    taxMinor: sumOf(found.total_taxes ?? []),
  }
}

const sumOf = (parts: readonly { amount: number }[]): number => parts.reduce((sum, { amount }) => sum + amount, 0)

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
