import { describe, expect, it } from 'vitest'
import { openDebits, pays } from './support/debits.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'
import { openReceiver } from './support/receiver.ts'

const call = async ({ simulator }: OpenSimulator, path: string, body?: unknown): Promise<unknown> => {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(`${simulator.url}/_simulator/api${path}`, body === undefined ? {} : post)
  return response.json()
}

describe('the admin surface', () => {
  it('tells the state and lists objects and events', async () => {
    await using open = await openSimulator()
    const customer = await open.stripe.customers.create({ name: 'Ada' })
    expect(await call(open, '/state')).toMatchObject({
      now: Date.parse('2026-01-15T12:00:00Z') / 1000,
      counts: { customer: 1, event: 1 },
      webhooks: { paused: false, pending: 0 },
    })
    expect(await call(open, '/objects/customer')).toMatchObject({ data: [{ id: customer.id }] })
    expect(await call(open, '/events')).toMatchObject({ data: [{ type: 'customer.created' }] })
  })

  it('moves the clock', async () => {
    await using open = await openSimulator()
    const now = Date.parse('2026-02-16T12:00:00Z') / 1000
    expect(await call(open, '/clock', { months: 1, days: 1 })).toEqual({ now })
  })

  it('declines what comes next', async () => {
    await using open = await openSimulator()
    await call(open, '/next-decline', { declineCode: 'lost_card' })
    const pay = open.stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
      return_url: 'https://example.com',
    })
    expect((await failure(pay)).decline_code).toBe('lost_card')
  })

  it('lets a debit that is on its way succeed or fail, and nothing else', async () => {
    await using open = await openDebits()
    const [first, second] = [await pays(open, 'pm_success_de'), await pays(open, 'pm_success_de')]
    expect(await call(open, `/payments/${first.id}/settle`, { outcome: 'succeed' })).toMatchObject({
      status: 'succeeded',
    })
    const failed = await call(open, `/payments/${second.id}/settle`, { outcome: 'fail', failureCode: 'account_closed' })
    expect(failed).toMatchObject({ last_payment_error: { code: 'account_closed' } })
    expect(await call(open, `/payments/${second.id}/settle`, { outcome: 'maybe' })).toMatchObject({
      error: { param: 'outcome' },
    })
  })

  it('holds deliveries back, lists them, and repeats them', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }] })
    expect(await call(open, '/webhooks', { paused: true })).toEqual({ paused: true, pending: 0 })
    await open.stripe.customers.create({})
    expect(await call(open, '/deliveries')).toMatchObject({ data: [{ state: 'pending', attempts: [] }] })
    await call(open, '/webhooks', { paused: false })
    await open.simulator.settled()
    const [event] = open.simulator.objects('event')
    expect(await call(open, `/events/${event?.id}/redeliver`, { times: 3, parallel: 3 })).toEqual({
      delivered: 3,
      failed: 0,
    })
    expect(receiver.received).toHaveLength(4)
  })

  it('answers a challenge and empties the account', async () => {
    await using open = await openSimulator()
    const intent = await open.stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      payment_method: 'pm_card_threeDSecure2Required',
      confirm: true,
      return_url: 'https://example.com/back',
    })
    expect(await call(open, `/challenges/${intent.id}`, { outcome: 'complete' })).toMatchObject({ status: 'succeeded' })
    expect(await call(open, `/challenges/${intent.id}`, { outcome: 'complete' })).toMatchObject({
      error: { type: 'invalid_request_error' },
    })
    expect(await call(open, '/reset', {})).toEqual({ reset: true })
    expect(open.simulator.counts()).toEqual({})
  })
})
