import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as kit from '../src/index.ts'
import * as payment from '../src/payment.ts'
import * as testing from '../src/testing.ts'

describe('the kit’s surface', () => {
  it('is these values, and no more than thirty', () => {
    const names = [kit, payment, testing].map((entry) => Object.keys(entry).sort())
    expect(names).toEqual([
      [
        'AccountCredits',
        'BillingClientError',
        'BillingProvider',
        'CheckoutReturn',
        'CreditMeter',
        'PortalButton',
        'PricingTable',
        'SubscriptionStatus',
        'billingKey',
        'createBillingClient',
        'isBillingClientError',
        'plansQuery',
        'statusQuery',
        'useCheckout',
        'useCredits',
        'usePlans',
        'usePortal',
        'useStatus',
        'useStripeStatus',
        'useSubscription',
        'useTopUp',
      ],
      ['PaymentForm', 'TopUp'],
      [
        'createFakeBilling',
        'fakeCredits',
        'fakeMoney',
        'fakePack',
        'fakePlan',
        'fakePlans',
        'fakeStatus',
        'fakeSubscription',
      ],
    ])
    expect((names[0]?.length ?? 0) + (names[1]?.length ?? 0)).toBeLessThanOrEqual(30)
  })

  it.each(['index.ts', 'payment.ts'])('%s says that it runs in the browser', (entry) => {
    expect(readFileSync(new URL(`../src/${entry}`, import.meta.url), 'utf8')).toMatch(/^'use client'\n/)
  })
})
