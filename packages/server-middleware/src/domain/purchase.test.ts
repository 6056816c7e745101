import { describe, expect, test } from 'vitest'
import { grantKey, hasTerms, isOpen, isPaid, type PaymentSnapshot, type Purchase, termsOf } from './purchase.ts'

const pack = { id: 'uses20', name: '20 uses', unit: 'uses', credits: 20, amountMinor: 500, unlocksPlan: null }
const purchase: Purchase = {
  ...termsOf(pack, 2, 'usd'),
  id: 'p1',
  accountRef: 'ref',
  userId: null,
  via: 'page',
  providerPaymentId: 'pi_1',
  status: 'requires_payment_method',
  failure: null,
  evidence: null,
  createdAt: new Date(0),
  settledAt: null,
}
const payment: PaymentSnapshot = {
  providerPaymentId: 'pi_1',
  status: 'succeeded',
  amountMinor: 1000,
  amountReceivedMinor: 1000,
  currency: 'usd',
  providerCustomerId: 'cus_1',
  purchaseId: 'p1',
  clientSecret: 'secret',
  failure: null,
}

test('a quantity multiplies price and credits', () => {
  expect(purchase).toMatchObject({ amountMinor: 1000, credits: 40, quantity: 2 })
})

describe('a purchase is paid', () => {
  test('when the agreed amount has arrived', () => {
    expect(isPaid(purchase, payment)).toBe(true)
  })

  test('by less on the hosted page, where a promotion may apply', () => {
    expect(isPaid({ ...purchase, via: 'checkout' }, { ...payment, amountReceivedMinor: 800 })).toBe(true)
  })

  test.each([{ status: 'processing' }, { amountReceivedMinor: 999 }, { currency: 'eur' }] as const)(
    'not with %o',
    (change) => {
      expect(isPaid(purchase, { ...payment, ...change })).toBe(false)
    },
  )
})

test('its grant is keyed by the money, or by itself when none was due', () => {
  expect(grantKey(purchase)).toBe('grant:pi_1')
  expect(grantKey({ ...purchase, providerPaymentId: null })).toBe('grant:p1')
})

test('it is open while it waits for the buyer', () => {
  const open = (['requires_payment_method', 'requires_action', 'processing', 'succeeded', 'canceled'] as const).filter(
    (status) => isOpen({ status }),
  )

  expect(open).toEqual(['requires_payment_method', 'requires_action'])
})

test('it keeps its terms until the catalog offers others', () => {
  expect(hasTerms(purchase, termsOf(pack, 2, 'usd'))).toBe(true)
  expect(hasTerms(purchase, termsOf({ ...pack, amountMinor: 600 }, 2, 'usd'))).toBe(false)
  expect(hasTerms(purchase, termsOf({ ...pack, unit: 'tokens' }, 2, 'usd'))).toBe(false)
})
