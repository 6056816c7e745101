import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { isoOf, seconds } from './support/clocks.ts'
import { as, openConnected } from './support/connect.ts'
import { openSimulator, stripeFor } from './support/open-simulator.ts'
import { openReceiver } from './support/receiver.ts'

/** A customer of a connected account who pays every month. */
const subscribe = async (stripe: Stripe, account: string, test_clock?: string) => {
  const customer = await stripe.customers.create(test_clock === undefined ? {} : { test_clock }, as(account))
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id }, as(account))
  const product = await stripe.products.create({ name: 'Bread' }, as(account))
  const price = { currency: 'usd', product: product.id, recurring: { interval: 'month' }, unit_amount: 500 } as const
  const items = [{ price_data: price }]
  const input = { customer: customer.id, items, default_payment_method: method.id, application_fee_percent: 10 }
  return stripe.subscriptions.create(input, as(account))
}

describe('a test clock of a connected account', () => {
  it('moves what lives by it, and neither the account nor the platform', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const account = await openConnected(open)
    const frozen_time = seconds('2027-01-01T00:00:00Z')
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time }, as(account))
    const { start_date } = await subscribe(stripe, account, clock.id)
    expect(start_date).toBe(frozen_time)
    const later = seconds('2027-02-01T02:00:00Z')
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: later }, as(account))
    const status = async () => (await stripe.testHelpers.testClocks.retrieve(clock.id, {}, as(account))).status
    await expect.poll(status).toBe('ready')
    const invoices = (await stripe.invoices.list({}, as(account))).data
    expect(invoices.map(({ created, status }) => [isoOf(created), status])).toEqual([
      ['2027-02-01T00:00:00.000Z', 'paid'],
      ['2027-01-01T00:00:00.000Z', 'paid'],
    ])
    const fees = (await stripe.applicationFees.list()).data
    expect(fees.map(({ amount, created }) => [amount, isoOf(created)])).toEqual([
      [50, '2027-02-01T01:00:00.000Z'],
      [50, '2027-01-01T00:00:00.000Z'],
    ])
    expect(simulator.clock.now().getUTCFullYear()).toBe(2026)
    expect((await stripe.customers.create({}, as(account))).created).toBeLessThan(frozen_time)
  })
})

describe('a renewal’s draft in a connected account', () => {
  it('waits for the answer of a Connect endpoint', async () => {
    await using receiver = await openReceiver()
    const webhooks = [{ url: receiver.url, connect: true, events: ['invoice.created'] }]
    await using open = await openSimulator({ webhooks, delivery: { retryDelaysMs: [60_000] } })
    const { stripe, simulator } = open
    const account = await openConnected(open)
    await subscribe(stripe, account)
    await simulator.settled()
    const draft = async () => (await stripe.invoices.list({ limit: 1 }, as(account))).data[0]
    receiver.answers.push(500)
    await simulator.clock.advance({ months: 1, hours: 71 })
    expect(await draft()).toMatchObject({ status: 'draft', webhooks_delivered_at: null })
    await simulator.clock.advance({ hours: 1 })
    expect((await draft())?.status).toBe('paid')
    await simulator.clock.advance({ days: 25 })
    const answered = await draft()
    expect(answered?.status).toBe('draft')
    expect(isoOf(answered?.webhooks_delivered_at)).toBe(isoOf(answered?.created))
  })
})

describe('a meter event session of a connected account', () => {
  it('streams into that account', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const account = await openConnected(open)
    const meter = { display_name: 'Pages', event_name: 'pages', default_aggregation: { formula: 'sum' } } as const
    const { id } = await stripe.billing.meters.create(meter, as(account))
    const customer = await stripe.customers.create({}, as(account))
    const { authentication_token: key } = await stripe.v2.billing.meterEventSession.create({}, as(account))
    const payload = { stripe_customer_id: customer.id, value: '3' }
    const streaming = stripeFor(simulator, { key })
    await streaming.v2.billing.meterEventStream.create({ events: [{ event_name: 'pages', payload }] })
    const hour = { start_time: seconds('2026-01-15T00:00:00Z'), end_time: seconds('2026-01-16T00:00:00Z') }
    const counted = await stripe.billing.meters.listEventSummaries(id, { customer: customer.id, ...hour }, as(account))
    expect(counted.data).toMatchObject([{ aggregated_value: 3 }])
  })
})
