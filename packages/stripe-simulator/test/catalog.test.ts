import { describe, expect, it } from 'vitest'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const success_url = 'https://example.com/thanks'

describe('a product', () => {
  it('has a size, a kind and a tax of its own, and is found by them', async () => {
    await using open = await openSimulator()
    const package_dimensions = { height: 1, length: 2.5, weight: 3, width: 4 }
    const tax_details = { tax_code: 'txcd_10000000' }
    const good = await open.stripe.products.create({
      name: 'Box',
      type: 'good',
      shippable: true,
      url: 'https://example.com/box',
      package_dimensions,
      tax_details,
    })
    await open.stripe.products.create({ name: 'Work' })
    expect(good).toMatchObject({
      type: 'good',
      package_dimensions,
      tax_details: { tax_code: 'txcd_10000000', performance_location: null },
    })
    for (const filter of [{ type: 'good' as const }, { shippable: true }, { url: 'https://example.com/box' }]) {
      expect((await open.stripe.products.list(filter)).data.map(({ id }) => id)).toEqual([good.id])
    }
    const plain = await open.stripe.products.update(good.id, { package_dimensions: '', tax_details: '', images: '' })
    expect(plain).toMatchObject({ package_dimensions: null, tax_details: null, images: [] })
  })

  it('comes with a price, with all that it has', async () => {
    await using open = await openSimulator()
    const product_data = {
      name: 'Seats',
      active: false,
      statement_descriptor: 'SEATS',
      tax_code: 'txcd_10000000',
      unit_label: 'seat',
      metadata: { a: '1' },
    }
    const { product } = await open.stripe.prices.create({ product_data, currency: 'usd', unit_amount: 5 })
    expect(await open.stripe.products.retrieve(String(product))).toMatchObject(product_data)
  })
})

it('a price keeps its tax behaviour once it has one', async () => {
  await using open = await openSimulator()
  const { id } = await open.stripe.prices.create({ product_data: { name: 'A' }, currency: 'usd', unit_amount: 5 })
  expect((await open.stripe.prices.update(id, { tax_behavior: 'inclusive' })).tax_behavior).toBe('inclusive')
  const other = open.stripe.prices.update(id, { tax_behavior: 'exclusive' })
  expect(await failure(other)).toMatchObject({ statusCode: 400, param: 'tax_behavior' })
})

it.each([
  [3, 'up', 10, 4000],
  [3, 'down', 10, 3000],
] as const)('packages of %d, rounded %s: %d cost %d', async (...[divide_by, round, quantity, total]) => {
  await using open = await openSimulator()
  const price = await open.stripe.prices.create({
    product_data: { name: 'Packs' },
    currency: 'usd',
    unit_amount: 1000,
    transform_quantity: { divide_by, round },
  })
  const line_items = [{ price: price.id, quantity }]
  const session = await open.stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items })
  expect(session.amount_total).toBe(total)
})

it('a meter’s use is told by hour and by day', async () => {
  await using open = await openSimulator()
  const { stripe, simulator } = open
  const { meters, meterEvents } = stripe.billing
  const meter = await meters.create({
    display_name: 'Calls',
    event_name: 'calls',
    default_aggregation: { formula: 'sum' },
  })
  const { id: customer } = await stripe.customers.create({})
  const uses = (value: number) =>
    meterEvents.create({ event_name: 'calls', payload: { stripe_customer_id: customer, value: String(value) } })
  await uses(3)
  await uses(4)
  await simulator.clock.advance({ hours: 1 })
  await uses(5)
  await simulator.clock.advance({ days: 1 })
  await uses(7)
  const start_time = Date.parse('2026-01-15T00:00:00Z') / 1000
  const range = { customer, start_time, end_time: start_time + 3 * 86_400 }
  const by = async (value_grouping_window: 'day' | 'hour') =>
    (await meters.listEventSummaries(meter.id, { ...range, value_grouping_window })).data.map((each) => [
      each.aggregated_value,
      (each.start_time - start_time) / 3600,
      each.end_time - each.start_time,
    ])
  expect(await by('hour')).toEqual([
    [7, 37, 3600],
    [5, 13, 3600],
    [7, 12, 3600],
  ])
  expect(await by('day')).toEqual([
    [7, 24, 86_400],
    [12, 0, 86_400],
  ])
  const odd = { ...range, start_time: start_time + 60, value_grouping_window: 'hour' as const }
  expect(await failure(meters.listEventSummaries(meter.id, odd))).toMatchObject({ param: 'start_time' })
})
