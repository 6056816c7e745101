import { describe, expect, it } from 'vitest'
import {
  checkoutSession,
  openInvoice,
  paymentIntent,
  price,
  subscriptionSinceBasil,
} from '../../test/fixtures/stripe-objects.ts'
import { subscriptions } from '../../test/fixtures/stripe-versions.ts'
import { toCheckout, toPayment, toRefund, toSubscription } from './snapshots.ts'

const itemWith = (changes: object) => ({ ...subscriptionSinceBasil.items.data[0], ...changes })
const withItems = (...data: object[]) => ({ ...subscriptionSinceBasil, items: { object: 'list', data } })
const refusal = (work: () => unknown) => expect(work).toThrow(expect.objectContaining({ code: 'provider_refused' }))

describe('a subscription', () => {
  it.each(Object.entries(subscriptions))('reads the same from %s', (_version, object) => {
    expect(toSubscription(object)).toEqual({
      providerSubscriptionId: 'sub_1',
      providerCustomerId: 'cus_1',
      status: 'active',
      currency: 'usd',
      items: [
        {
          providerItemId: 'si_1',
          providerPriceId: 'price_growth',
          priceKey: 'growth_monthly',
          quantity: 1,
          amountMinor: 7900,
          interval: 'month',
        },
      ],
      discounts: [{ off: { percent: 10 }, endsAt: new Date('2026-02-15T00:00:00Z'), providerItemIds: null }],
      startedAt: new Date('2026-01-15T00:00:00Z'),
      currentPeriodStartedAt: new Date('2026-01-15T00:00:00Z'),
      currentPeriodEndsAt: new Date('2026-02-15T00:00:00Z'),
      cancelAt: new Date('2026-02-15T00:00:00Z'),
      canceledAt: new Date('2026-01-15T00:00:00Z'),
      endedAt: null,
      endReason: 'requested',
      trialEndsAt: null,
      collectionPaused: false,
      openInvoice: {
        providerInvoiceId: 'in_1',
        amountDueMinor: 7900,
        currency: 'usd',
        url: 'https://pay.example/in_1',
      },
    })
  })

  it.each([
    ['cancellation_requested', 'requested'],
    ['payment_failed', 'payment_failed'],
    ['payment_disputed', 'payment_disputed'],
    ['canceled_by_retention_policy', 'other'],
    [null, null],
  ])('ends for the reason %s, which is %s here', (reason, endReason) => {
    const ended = { ...subscriptionSinceBasil, status: 'canceled', cancellation_details: { reason } }
    expect(toSubscription(ended).endReason).toBe(endReason)
    expect(toSubscription(subscriptionSinceBasil).endReason).toBeNull()
  })

  it('is in the period of the item that ends first', () => {
    const item = subscriptionSinceBasil.items.data[0]
    const yearly = { current_period_start: 1768435200, current_period_end: 1799971200 }
    const snapshot = toSubscription(withItems(itemWith(yearly), itemWith({ id: 'si_2' })))
    expect(snapshot.currentPeriodEndsAt).toEqual(new Date((item?.current_period_end ?? 0) * 1000))
  })

  it('ends with its period when it is set to, whether or not Stripe says when', () => {
    const ends = new Date('2026-02-15T00:00:00Z')
    expect(toSubscription({ ...subscriptionSinceBasil, cancel_at_period_end: true }).cancelAt).toEqual(ends)
    expect(toSubscription({ ...subscriptionSinceBasil, cancel_at: 1771113600 }).cancelAt).toEqual(ends)
  })

  it('still knows the price key of a price whose lookup key has moved on', () => {
    const former = itemWith({ price: { ...price, lookup_key: null } })
    expect(toSubscription(withItems(former)).items[0]?.priceKey).toBe('growth_monthly')
  })

  it('knows no price key of a price that was made elsewhere', () => {
    const foreign = itemWith({ price: { ...price, lookup_key: null, metadata: {} } })
    expect(toSubscription(withItems(foreign)).items[0]?.priceKey).toBeNull()
  })

  it('counts usage and tiers as 0 until they are billed', () => {
    const metered = itemWith({ price: { ...price, recurring: { ...price.recurring, usage_type: 'metered' } } })
    const tiered = itemWith({ price: { ...price, unit_amount: null } })
    expect(toSubscription(withItems(metered, tiered)).items.map((item) => item.amountMinor)).toEqual([0, 0])
  })

  it('calls neither a week nor a quarter an interval', () => {
    const billed = (interval: string, interval_count: number) =>
      itemWith({ price: { ...price, recurring: { ...price.recurring, interval, interval_count } } })
    const { items } = toSubscription(withItems(billed('week', 1), billed('month', 3), billed('year', 1)))
    expect(items.map((item) => item.interval)).toEqual([null, null, 'year'])
  })

  it('carries the invoice that waits for money', () => {
    const owing = { ...subscriptionSinceBasil, status: 'past_due', latest_invoice: openInvoice }
    expect(toSubscription(owing).openInvoice).toEqual({
      providerInvoiceId: 'in_1',
      amountDueMinor: 7900,
      currency: 'usd',
      url: 'https://pay.example/in_1',
    })
  })

  it.each(['draft', 'paid', 'void', 'uncollectible'])('carries no invoice that is %s', (status) => {
    const latest_invoice = { ...openInvoice, status }
    expect(toSubscription({ ...subscriptionSinceBasil, latest_invoice }).openInvoice).toBeNull()
  })

  it('says when collection is paused', () => {
    const paused = { ...subscriptionSinceBasil, pause_collection: { behavior: 'void', resumes_at: null } }
    expect(toSubscription(paused).collectionPaused).toBe(true)
  })

  it('is refused when its shape is not known, rather than written half', () => {
    const { items: _items, ...withoutItems } = subscriptionSinceBasil
    refusal(() => toSubscription(withoutItems))
    refusal(() => toSubscription(withItems(itemWith({ current_period_end: undefined }))))
    refusal(() => toSubscription({ ...subscriptionSinceBasil, status: 'on_holiday' }))
    refusal(() => toSubscription({ ...subscriptionSinceBasil, latest_invoice: 'in_not_expanded' }))
    refusal(() => toSubscription({ ...subscriptionSinceBasil, start_date: '2026-01-15' }))
  })
})

describe('a payment', () => {
  it.each([
    ['requires_payment_method', 'requires_payment_method'],
    ['requires_confirmation', 'requires_payment_method'],
    ['requires_action', 'requires_action'],
    ['requires_capture', 'processing'],
    ['processing', 'processing'],
    ['succeeded', 'succeeded'],
    ['canceled', 'canceled'],
  ])('that is %s at Stripe is %s here', (status, expected) => {
    expect(toPayment({ ...paymentIntent, status }).status).toBe(expected)
  })

  it('names its purchase, its money and its customer', () => {
    const customer = { id: 'cus_1', object: 'customer' }
    expect(toPayment({ ...paymentIntent, status: 'succeeded', amount_received: 500, customer })).toEqual({
      providerPaymentId: 'pi_1',
      status: 'succeeded',
      amountMinor: 500,
      amountReceivedMinor: 500,
      currency: 'usd',
      providerCustomerId: 'cus_1',
      purchaseId: 'p1',
      clientSecret: 'pi_1_secret_1',
      failure: null,
    })
  })

  it('says why the last attempt failed', () => {
    const last_payment_error = {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'stolen_card',
      message: 'Stolen!',
    }
    const { failure } = toPayment({ ...paymentIntent, last_payment_error })
    expect(failure).toMatchObject({ code: 'card_declined', declineCode: 'generic_decline' })
    expect(JSON.stringify(failure)).not.toMatch(/stolen/i)
  })

  it('is refused in a status that nobody knows', () => {
    refusal(() => toPayment({ ...paymentIntent, status: 'requires_patience' }))
  })
})

describe('a checkout', () => {
  it('has an address while it is open', () => {
    expect(toCheckout(checkoutSession)).toMatchObject({
      status: 'open',
      paid: false,
      url: 'https://checkout.example/cs_1',
    })
    expect(toCheckout({ ...checkoutSession, status: 'expired' }).url).toBeNull()
  })

  it('is paid when money came, or when there was nothing to pay', () => {
    const complete = { ...checkoutSession, status: 'complete', subscription: 'sub_1' }
    expect(toCheckout({ ...complete, payment_status: 'paid' })).toMatchObject({
      paid: true,
      providerSubscriptionId: 'sub_1',
    })
    expect(toCheckout({ ...complete, payment_status: 'no_payment_required' }).paid).toBe(true)
    expect(toCheckout({ ...complete, payment_status: 'unpaid' }).paid).toBe(false)
  })
})

describe('a refund', () => {
  it('says how much and how far', () => {
    expect(toRefund({ id: 're_1', status: 'pending', amount: 200 })).toEqual({
      providerRefundId: 're_1',
      status: 'pending',
      amountMinor: 200,
    })
  })
})
