import { describe, expect, it } from 'vitest'
import { price } from '../../test/fixtures/stripe-objects.ts'
import { invoices } from '../../test/fixtures/stripe-versions.ts'
import { priceKeyOf, toInvoice } from './invoice-snapshot.ts'

const refusal = (work: () => unknown) => expect(work).toThrow(expect.objectContaining({ code: 'provider_refused' }))

const newest = invoices['2026-10-28.endive']
const oldest = invoices['2022-11-15']

const snapshotWith = (priceKey: string | null) => {
  const period = { startsAt: new Date('2026-01-15T00:00:00Z'), endsAt: new Date('2026-02-15T00:00:00Z') }
  const line = { ...period, providerPriceId: 'price_growth', priceKey, quantity: 1 }
  return {
    ...period,
    providerInvoiceId: 'in_1',
    providerCustomerId: 'cus_1',
    providerSubscriptionId: 'sub_1',
    providerPaymentId: 'pi_1',
    number: 'AB12-0001',
    status: 'paid',
    reason: 'subscription_cycle',
    currency: 'usd',
    subtotalMinor: 7800,
    discountMinor: 780,
    taxMinor: 702,
    totalMinor: 7722,
    amountDueMinor: 7722,
    amountPaidMinor: 7722,
    amountRemainingMinor: 0,
    attemptCount: 1,
    nextAttemptAt: null,
    createdAt: new Date('2026-01-15T00:00:00Z'),
    url: 'https://pay.example/in_1',
    pdfUrl: 'https://pay.example/in_1.pdf',
    lines: [
      { ...line, providerLineId: 'il_1', amountMinor: 7900, isProration: false },
      { ...line, providerLineId: 'il_2', amountMinor: -100, isProration: true },
    ],
  }
}

describe('an invoice', () => {
  it.each(Object.entries(invoices))('reads the same from %s', (version, object) => {
    // Newer versions leave the key of a price to be looked up.
    const priceKey = version < '2025' ? 'growth_monthly' : null
    expect(toInvoice(object)).toEqual({ hasMore: false, snapshot: snapshotWith(priceKey) })
  })

  it('has a reason that grants nothing when it is one that is not known', () => {
    expect(toInvoice({ ...newest, billing_reason: 'manual' }).snapshot.reason).toBe('other')
    expect(toInvoice({ ...newest, billing_reason: null }).snapshot.reason).toBe('other')
  })

  it('may bill no subscription, and name no payment', () => {
    const nothing = { providerSubscriptionId: null, providerPaymentId: null, taxMinor: 0 }
    const alone = { parent: null, payments: undefined, total_taxes: null }
    expect(toInvoice({ ...newest, ...alone }).snapshot).toMatchObject(nothing)
    expect(toInvoice({ ...oldest, subscription: null, payment_intent: null, tax: null }).snapshot).toMatchObject(
      nothing,
    )
  })

  it('that is a draft has neither number nor address yet', () => {
    const draft = { ...newest, status: 'draft', number: null, hosted_invoice_url: null, invoice_pdf: null }
    const { url, pdfUrl, number } = toInvoice({ ...draft, next_payment_attempt: 1771113600 }).snapshot
    expect([url, pdfUrl, number]).toEqual([null, null, null])
  })

  it.each([
    ['does not say whom it bills', { subscription: undefined }],
    ['does not say when its period ends', { period_end: undefined }],
    ['has amounts that are no integers', { total: '77.22' }],
    ['has a status that nobody knows', { status: 'pardoned' }],
    ['has dates that are no times', { created: '2026-01-15' }],
  ])('is refused when it %s', (_fact, changes) => {
    refusal(() => toInvoice({ ...oldest, ...changes }))
  })

  it('is refused when a line does not say whether it is a proration', () => {
    const [line] = oldest.lines.data
    const { proration: _unsaid, ...unknown } = line as { proration: boolean }
    refusal(() => toInvoice({ ...oldest, lines: { data: [unknown], has_more: false } }))
  })
})

describe('the key of a price', () => {
  it('is the one that it had before another price took it over', () => {
    expect(priceKeyOf(price)).toBe('growth_monthly')
    expect(priceKeyOf({ ...price, lookup_key: null })).toBe('growth_monthly')
    expect(priceKeyOf({ id: 'price_1', lookup_key: null, metadata: {} })).toBeNull()
  })
})
