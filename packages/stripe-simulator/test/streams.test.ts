import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator, stripeFor } from './support/open-simulator.ts'

const day = 86_400

const openMetered = async () => {
  const open = await openSimulator()
  const meter = await open.stripe.billing.meters.create({
    display_name: 'Calls',
    event_name: 'calls',
    default_aggregation: { formula: 'sum' },
  })
  const { id: customer } = await open.stripe.customers.create({})
  const call = (value: string, more: object = {}) => ({
    event_name: 'calls',
    payload: { stripe_customer_id: customer, value },
    ...more,
  })
  const used = async (): Promise<number> => {
    const range = { customer, start_time: 0, end_time: 4_000_000_000 }
    return (await open.stripe.billing.meters.listEventSummaries(meter.id, range)).data[0]?.aggregated_value ?? 0
  }
  return { ...open, meter, customer, call, used, [Symbol.asyncDispose]: open[Symbol.asyncDispose] }
}

const streamOf = async ({ simulator, stripe }: OpenSimulator): Promise<Stripe> =>
  stripeFor(simulator, { key: (await stripe.v2.billing.meterEventSession.create()).authentication_token })

describe('a meter event stream', () => {
  it('takes a hundred events in one request', async () => {
    await using open = await openMetered()
    const stream = await streamOf(open)
    const events = Array.from({ length: 100 }, () => open.call('2'))
    await stream.v2.billing.meterEventStream.create({ events })
    expect(await open.used()).toBe(200)
    const more = failure(stream.v2.billing.meterEventStream.create({ events: [...events, open.call('1')] }))
    expect(await more).toMatchObject({ code: 'invalid_fields', statusCode: 400 })
    expect(await open.used()).toBe(200)
  })

  it('is open for a quarter of an hour', async () => {
    await using open = await openMetered()
    const session = await open.stripe.v2.billing.meterEventSession.create()
    expect(Date.parse(session.expires_at) - Date.parse(session.created)).toBe(15 * 60_000)
    const stream = stripeFor(open.simulator, { key: session.authentication_token })
    const send = () => stream.v2.billing.meterEventStream.create({ events: [open.call('1')] })
    await open.simulator.clock.advance({ minutes: 14 })
    await send()
    await open.simulator.clock.advance({ minutes: 1 })
    const refused = await failure(send())
    expect(refused).toBeInstanceOf(Stripe.errors.TemporarySessionExpiredError)
    expect(refused).toMatchObject({ code: 'billing_meter_event_session_expired', statusCode: 401 })
    await (await streamOf(open)).v2.billing.meterEventStream.create({ events: [open.call('1')] })
    expect(await open.used()).toBe(2)
  })

  it('has keys of its own, which open nothing else', async () => {
    await using open = await openMetered()
    const events = [open.call('1')]
    expect((await failure(open.stripe.v2.billing.meterEventStream.create({ events }))).statusCode).toBe(401)
    const stream = await streamOf(open)
    expect((await failure(stream.customers.list())).statusCode).toBe(401)
    expect((await failure(stream.v2.billing.meterEvents.create(open.call('1')))).statusCode).toBe(401)
    const stranger = stripeFor(open.simulator, { key: 'token_of_nobody' })
    expect((await failure(stranger.v2.billing.meterEventStream.create({ events }))).statusCode).toBe(401)
    expect(await open.used()).toBe(0)
  })

  it('counts what is right, and tells nobody at once what is not', async () => {
    await using open = await openMetered()
    const stream = await streamOf(open)
    const now = open.simulator.clock.now().getTime()
    const at = (seconds: number) => ({ timestamp: new Date(now + seconds * 1000).toISOString() })
    await stream.v2.billing.meterEventStream.create({
      events: [
        open.call('1', { identifier: 'same' }),
        open.call('1', { identifier: 'same' }),
        open.call('many'),
        open.call('1', { event_name: 'others' }),
        open.call('1', { payload: { value: '1' } }),
        open.call('1', at(600)),
        open.call('1', at(-36 * day)),
        open.call('1', at(-34 * day)),
      ],
    })
    expect(await open.used()).toBe(2)
    expect(
      open.simulator
        .objects('simulator.meter_event_error')
        .map(({ code }) => code)
        .reverse(),
    ).toEqual([
      'duplicate_meter_event',
      'payload_invalid_value',
      'no_meter',
      'payload_no_customer_defined',
      'timestamp_in_future',
      'timestamp_too_far_in_past',
    ])
  })
})

describe('a meter event of version 2', () => {
  it('is refused with the codes of version 2, and without a type', async () => {
    await using open = await openMetered()
    const create = (event: Stripe.V2.Billing.MeterEventCreateParams) =>
      failure(open.stripe.v2.billing.meterEvents.create(event))
    await open.stripe.v2.billing.meterEvents.create(open.call('1', { identifier: 'one' }))
    const codes = [
      await create(open.call('1', { identifier: 'one' })),
      await create(open.call('a')),
      await create(open.call('1', { payload: { stripe_customer_id: open.customer } })),
      await create(open.call('1', { payload: { value: '1' } })),
      await create(open.call('1', { event_name: 'others' })),
      await create({ event_name: 'calls' } as Stripe.V2.Billing.MeterEventCreateParams),
    ].map(({ code, rawType, statusCode }) => [statusCode, code, rawType])
    expect(codes).toEqual([
      [400, 'duplicate_meter_event', undefined],
      [400, 'payload_invalid_value', undefined],
      [400, 'payload_no_value_defined', undefined],
      [400, 'payload_no_customer_defined', undefined],
      [400, 'no_meter', undefined],
      [400, 'invalid_fields', undefined],
    ])
    await open.stripe.billing.meters.deactivate(open.meter.id)
    expect((await create(open.call('1'))).code).toBe('archived_meter')
  })

  it('is unique for a day by its identifier, and can be taken back as long', async () => {
    await using open = await openMetered()
    const create = () => open.stripe.v2.billing.meterEvents.create(open.call('5', { identifier: 'one' }))
    const cancel = () =>
      open.stripe.v2.billing.meterEventAdjustments.create({
        event_name: 'calls',
        type: 'cancel',
        cancel: { identifier: 'one' },
      })
    await create()
    await open.simulator.clock.advance({ hours: 23 })
    expect((await failure(create())).code).toBe('duplicate_meter_event')
    expect(await cancel()).toMatchObject({ object: 'v2.billing.meter_event_adjustment', status: 'complete' })
    expect(await open.used()).toBe(0)
    await open.simulator.clock.advance({ hours: 1 })
    await create()
    expect(await open.used()).toBe(5)
    await open.simulator.clock.advance({ hours: 24 })
    expect(await failure(cancel())).toMatchObject({ code: 'not_found', statusCode: 404 })
    expect(await open.used()).toBe(5)
  })

  it('may lie 35 days back and 5 minutes ahead', async () => {
    await using open = await openMetered()
    const now = open.simulator.clock.now().getTime() / 1000
    const at = (seconds: number) =>
      open.stripe.v2.billing.meterEvents.create(
        open.call('1', { timestamp: new Date((now + seconds) * 1000).toISOString() }),
      )
    await at(-35 * day)
    await at(300)
    expect((await failure(at(-35 * day - 1))).code).toBe('timestamp_too_far_in_past')
    expect((await failure(at(301))).code).toBe('timestamp_in_future')
    expect(await open.used()).toBe(2)
  })
})
