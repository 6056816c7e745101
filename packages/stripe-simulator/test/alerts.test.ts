import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

type Triggered = Stripe.Billing.AlertTriggered
type Params = Partial<Stripe.Billing.AlertCreateParams.UsageThreshold>

const openMeter = async () => {
  const open = await openSimulator()
  const { stripe } = open
  const { alerts, meters, meterEvents, meterEventAdjustments } = stripe.billing
  const meter = await meters.create({
    display_name: 'Calls',
    event_name: 'calls',
    default_aggregation: { formula: 'sum' },
  })
  const ada = (await stripe.customers.create({ name: 'Ada' })).id
  const bob = (await stripe.customers.create({ name: 'Bob' })).id
  const alert = (more: Params = {}) =>
    alerts.create({
      alert_type: 'usage_threshold',
      title: 'Much',
      usage_threshold: { gte: 100, meter: meter.id, recurrence: 'one_time', ...more },
    })
  const uses = (customer: string, value: number, identifier?: string) =>
    meterEvents.create({
      event_name: 'calls',
      payload: { stripe_customer_id: customer, value: String(value) },
      ...(identifier === undefined ? {} : { identifier }),
    })
  const takesBack = (identifier: string) =>
    meterEventAdjustments.create({ event_name: 'calls', type: 'cancel', cancel: { identifier } })
  const told = async () => {
    const { data } = await stripe.events.list({ type: 'billing.alert.triggered' })
    return data.map((event) => event.data.object as unknown as Triggered).reverse()
  }
  return { ...open, alerts, meter, ada, bob, alert, uses, takesBack, told }
}

describe('an alert', () => {
  it('tells of each customer who reaches its threshold, once', async () => {
    await using shop = await openMeter()
    const { id } = await shop.alert()
    await shop.uses(shop.ada, 60)
    expect(await shop.told()).toEqual([])
    await shop.uses(shop.ada, 40)
    await shop.uses(shop.ada, 500)
    await shop.uses(shop.bob, 130)
    const told = await shop.told()
    expect(told.map(({ customer, value }) => [customer, value])).toEqual([
      [shop.ada, 100],
      [shop.bob, 130],
    ])
    expect(told[0]).toMatchObject({ object: 'billing.alert_triggered', alert: { id, status: 'active' } })
  })

  it('counts what is reported after it was made, and was not taken back', async () => {
    await using shop = await openMeter()
    await shop.uses(shop.ada, 90)
    await shop.alert()
    await shop.uses(shop.ada, 90, 'mistake')
    await shop.takesBack('mistake')
    await shop.uses(shop.ada, 20)
    expect(await shop.told()).toEqual([])
    await shop.uses(shop.ada, 80)
    expect((await shop.told()).map(({ value }) => value)).toEqual([100])
  })

  it('can be about one customer', async () => {
    await using shop = await openMeter()
    await shop.alert({ filters: [{ type: 'customer', customer: shop.bob }] })
    await shop.uses(shop.ada, 100)
    await shop.uses(shop.bob, 100)
    expect((await shop.told()).map(({ customer }) => customer)).toEqual([shop.bob])
  })

  it('is silent while it is inactive, and can tell again once it is active again', async () => {
    await using shop = await openMeter()
    const { id } = await shop.alert()
    expect((await shop.alerts.deactivate(id)).status).toBe('inactive')
    await shop.uses(shop.ada, 100)
    expect(await shop.told()).toEqual([])
    expect((await shop.alerts.activate(id)).status).toBe('active')
    await shop.uses(shop.ada, 1)
    expect((await shop.told()).map(({ value }) => value)).toEqual([101])
    expect(await failure(shop.alerts.activate(id))).toMatchObject({ statusCode: 400 })
  })

  it('is gone when it is archived', async () => {
    await using shop = await openMeter()
    const { id } = await shop.alert()
    expect((await shop.alerts.archive(id)).status).toBe('archived')
    await shop.uses(shop.ada, 100)
    expect(await shop.told()).toEqual([])
    expect((await shop.alerts.list()).data).toEqual([])
    expect(await failure(shop.alerts.activate(id))).toMatchObject({ statusCode: 404, code: 'resource_missing' })
  })

  it.each([
    [{ gte: 0 }, 'usage_threshold[gte]'],
    [{ meter: 'mtr_no' }, 'usage_threshold[meter]'],
    [{ filters: [{ type: 'customer' as const }] }, 'usage_threshold[filters][0][customer]'],
    [{ filters: [{ type: 'customer' as const, customer: 'cus_no' }] }, 'usage_threshold[filters][0][customer]'],
  ])('is refused with %j', async (params, param) => {
    await using shop = await openMeter()
    expect(await failure(shop.alert(params))).toMatchObject({ statusCode: 400, param })
    expect((await shop.alerts.list()).data).toEqual([])
  })

  it('is one of at most 25 for a meter and a customer', async () => {
    await using shop = await openMeter()
    for (let made = 0; made < 25; made += 1) await shop.alert()
    expect(await failure(shop.alert())).toMatchObject({ statusCode: 400, param: 'usage_threshold' })
    await shop.alert({ filters: [{ type: 'customer', customer: shop.ada }] })
  })
})
