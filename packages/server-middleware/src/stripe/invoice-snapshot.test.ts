import { describe, expect, it } from 'vitest'
import { paidInvoiceBeforeBasil, paidInvoiceSinceBasil, price } from '../../test/fixtures/stripe-objects.ts'
import { priceKeyOf, toInvoice } from './invoice-snapshot.ts'

const refusal = (work: () => unknown) => expect(work).toThrow(expect.objectContaining({ code: 'provider_refused' }))

const snapshotWith = (priceKey: string | null) => {
  const period = { startsAt: new Date('2026-01-15T00:00:00Z'), endsAt: new Date('2026-02-15T00:00:00Z') }
  const line = { ...period, providerPriceId: 'price_growth', priceKey, quantity: 1 }
  return {
    providerInvoiceId: 'in_1',
    providerCustomerId: 'cus_1',
    isPaid: true,
    reason: 'subscription_cycle',
    createdAt: new Date('2026-01-15T00:00:00Z'),
    lines: [
      { ...line, providerLineId: 'il_1', amountMinor: 7900, isProration: false },
      { ...line, providerLineId: 'il_2', amountMinor: -100, isProration: true },
    ],
  }
}

describe('an invoice', () => {
  it('reads the same from every API version; newer ones leave the key of a price to be looked up', () => {
    expect(toInvoice(paidInvoiceBeforeBasil)).toEqual({ hasMore: false, snapshot: snapshotWith('growth_monthly') })
    expect(toInvoice(paidInvoiceSinceBasil)).toEqual({ hasMore: false, snapshot: snapshotWith(null) })
  })

  it('has a reason that grants nothing when it is one that is not known', () => {
    expect(toInvoice({ ...paidInvoiceSinceBasil, billing_reason: 'manual' }).snapshot.reason).toBe('other')
    expect(toInvoice({ ...paidInvoiceSinceBasil, billing_reason: null }).snapshot.reason).toBe('other')
  })

  it('is refused when a line does not say whether it is a proration', () => {
    const [line] = paidInvoiceBeforeBasil.lines.data
    const { proration: _unsaid, ...unknown } = line as { proration: boolean }
    refusal(() => toInvoice({ ...paidInvoiceBeforeBasil, lines: { data: [unknown], has_more: false } }))
  })
})

describe('the key of a price', () => {
  it('is the one that it had before another price took it over', () => {
    expect(priceKeyOf(price)).toBe('growth_monthly')
    expect(priceKeyOf({ ...price, lookup_key: null })).toBe('growth_monthly')
    expect(priceKeyOf({ id: 'price_1', lookup_key: null, metadata: {} })).toBeNull()
  })
})
