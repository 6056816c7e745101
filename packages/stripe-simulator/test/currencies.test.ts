import { describe, expect, it } from 'vitest'
import { decimalsOf, maximumAmount, minimumAmount } from '../src/domain/currency.ts'
import { visa } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

describe('an amount', () => {
  it.each([
    ['usd', 50],
    ['gbp', 30],
    ['aed', 200],
    ['huf', 17_500],
    ['jpy', 50],
    ['krw', 1],
  ])('in %s is at least %d', async (currency, least) => {
    await using open = await openSimulator()
    expect(minimumAmount(currency)).toBe(least)
    const low = failure(open.stripe.paymentIntents.create({ amount: least - 1, currency }))
    expect(await low).toMatchObject({ statusCode: 400, code: 'amount_too_small', param: 'amount' })
    expect((await open.stripe.paymentIntents.create({ amount: least, currency })).amount).toBe(least)
  })

  it.each([
    ['usd', 99_999_999, 'Amount must be no more than 999,999.99'],
    ['jpy', 99_999_999, 'Amount must be no more than 99,999,999'],
    ['idr', 999_999_999_999, 'Amount must be no more than 9,999,999,999.99'],
  ])('in %s is at most %d', async (currency, most, message) => {
    await using open = await openSimulator()
    expect(maximumAmount(currency)).toBe(most)
    const high = failure(open.stripe.paymentIntents.create({ amount: most + 1, currency }))
    expect(await high).toMatchObject({ statusCode: 400, code: 'amount_too_large', message })
    expect((await open.stripe.paymentIntents.create({ amount: most, currency })).amount).toBe(most)
  })

  it.each([
    ['bhd', 5120, 5124],
    ['kwd', 5130, 5131],
    ['isk', 500, 550],
    ['ugx', 500, 501],
  ])('in %s has idle last digits: %d, not %d', async (currency, good, bad) => {
    await using open = await openSimulator()
    expect((await open.stripe.paymentIntents.create({ amount: good, currency })).amount).toBe(good)
    const refused = failure(open.stripe.paymentIntents.create({ amount: bad, currency }))
    expect(await refused).toMatchObject({ statusCode: 400, param: 'amount' })
  })

  it('is in a currency that Stripe takes, in small letters', async () => {
    await using open = await openSimulator()
    expect((await open.stripe.paymentIntents.create({ amount: 500, currency: 'EUR' })).currency).toBe('eur')
    const { message } = await failure(open.stripe.paymentIntents.create({ amount: 500, currency: 'xts' }))
    expect(message).toMatch(/^Invalid currency: xts\. Stripe currently supports these currencies: usd, aed, /)
    const price = { product_data: { name: 'A' }, currency: 'cup', unit_amount: 500 }
    expect(await failure(open.stripe.prices.create(price))).toMatchObject({ param: 'currency' })
  })
})

it.each([
  ['jpy', 0],
  ['xof', 0],
  ['usd', 2],
  ['isk', 2],
  ['ugx', 2],
  ['tnd', 3],
])('%s has %d decimals', (currency, decimals) => {
  expect(decimalsOf(currency)).toBe(decimals)
})

it.each([
  ['jpy', 500, '¥500'],
  ['kwd', 5120, 'KWD 5.120'],
  ['isk', 500, 'ISK 5.00'],
])('an invoice in %s says %d as %s', async (currency, unit_amount, words) => {
  await using open = await openSimulator()
  const price = await open.stripe.prices.create({
    product_data: { name: 'Plan' },
    currency,
    unit_amount,
    recurring: { interval: 'month' },
  })
  const session = await open.stripe.checkout.sessions.create({
    mode: 'subscription',
    success_url: 'https://example.com',
    line_items: [{ price: price.id, quantity: 1 }],
  })
  open.simulator.core.payCheckoutSession(session.id, { email: 'ada@example.com', card: visa })
  const [invoice] = (await open.stripe.invoices.list()).data
  expect(invoice?.total).toBe(unit_amount)
  expect(invoice?.lines.data[0]?.description?.replaceAll('\u00a0', ' ')).toContain(`(at ${words} / month)`)
})
