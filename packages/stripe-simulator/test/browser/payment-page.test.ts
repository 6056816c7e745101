import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { memoryBackend, type PaymentPage } from '../../src/browser/index.ts'
import { openShop } from '../support/checkout-shop.ts'
import { failure } from '../support/failure.ts'
import { type OpenSimulator, stripeFor } from '../support/open-simulator.ts'

describe('the payment page of a session', () => {
  const pageOf = async (
    { simulator }: OpenSimulator,
    session: Stripe.Checkout.Session,
    secret = session.client_secret,
  ) => {
    const browser = stripeFor(simulator, { key: simulator.keys.publishableKey })
    return browser.rawRequest(
      'GET',
      `/v1/payment_pages/${session.id}?client_secret=${secret}`,
    ) as unknown as PaymentPage
  }

  it('is known by its secret only, and to no hosted session', async () => {
    const open = await openShop()
    await using _open = open
    const [session, hosted] = [await open.create({ ui_mode: 'elements' }), await open.create()]
    expect((await failure(pageOf(open, session, 'cs_test_1_secret_2'))).param).toBe('client_secret')
    expect((await failure(pageOf(open, hosted))).param).toBe('client_secret')
  })

  it('shows a session with every field of Stripe.js, as the memory backend does', async () => {
    const open = await openShop()
    await using _open = open
    const { session } = await pageOf(open, await open.create({ ui_mode: 'elements' }))
    const backend = memoryBackend()
    const { id, client_secret } = backend.openCheckoutSession({ currency: 'usd', lines: [{ name: 'A', amount: 500 }] })
    const { value } = await backend.retrievePage({ id, clientSecret: client_secret })
    expect(Object.keys(session).sort()).toEqual(Object.keys(value?.session ?? {}).sort())
    expect(Object.keys(session.lineItems[0] ?? {}).sort()).toEqual(
      Object.keys(value?.session.lineItems[0] ?? {}).sort(),
    )
    expect(session.total.total).toEqual({ minorUnitsAmount: 500, amount: '$5.00' })
    expect(session).toMatchObject({ canConfirm: false, minorUnitsAmountDivisor: 100, status: { type: 'open' } })
  })

  it('says how a subscription goes on', async () => {
    const open = await openShop()
    await using _open = open
    const line_items = [{ price: open.pro.id, quantity: 2 }]
    const given = { mode: 'subscription' as const, line_items }
    const trial = { subscription_data: { trial_period_days: 14 } }
    const { session } = await pageOf(open, await open.create({ ...given, ...trial, ui_mode: 'elements' }))
    const each = open.pro.unit_amount ?? 0
    expect(session.total.total.minorUnitsAmount).toBe(0)
    expect(session.recurring).toMatchObject({
      interval: 'month',
      trial: { trialPeriodDays: 14 },
      dueNext: { total: { minorUnitsAmount: 2 * each } },
    })
  })
})
