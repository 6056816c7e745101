import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

describe('the next request', () => {
  it('meets a rate limit, with its reason', async () => {
    await using open = await openSimulator()
    open.simulator.failNext({ code: 'rate_limit' })
    const refused = await failure(open.stripe.customers.create({}))
    expect(refused).toBeInstanceOf(Stripe.errors.StripeRateLimitError)
    expect(refused).toMatchObject({ code: 'rate_limit', statusCode: 429 })
    expect(refused.headers?.['stripe-rate-limited-reason']).toBe('global-rate')
    expect((await open.stripe.customers.list()).data).toEqual([])
  })

  it('meets a lock, without one', async () => {
    await using open = await openSimulator()
    open.simulator.failNext({ code: 'lock_timeout' })
    const refused = await failure(open.stripe.customers.create({}))
    expect(refused).toMatchObject({ code: 'lock_timeout', statusCode: 429 })
    expect(refused.headers).not.toHaveProperty('stripe-rate-limited-reason')
  })

  it('breaks, and its key replays that it broke', async () => {
    await using open = await openSimulator()
    open.simulator.failNext({ code: 'server_error' })
    const create = () => open.stripe.customers.create({}, { idempotencyKey: 'k' })
    expect((await failure(create())).statusCode).toBe(500)
    expect((await failure(create())).headers?.['idempotent-replayed']).toBe('true')
    expect((await open.stripe.customers.list()).data).toEqual([])
  })

  it('is carried out and never answered; a retry gets the answer that was lost', async () => {
    await using open = await openSimulator()
    open.simulator.failNext({ code: 'timeout', times: 2 })
    const create = () => open.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' })
    expect(await failure(create())).toBeInstanceOf(Stripe.errors.StripeConnectionError)
    const known = (await open.stripe.customers.list()).data.map(({ id }) => id)
    expect(known).toEqual([(await create()).id])
  })

  it.each([2, 3])('and those after it, %i times', async (times) => {
    await using open = await openSimulator()
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ code: 'rate_limit', times })
    await fetch(`${open.simulator.url}/_simulator/api/next-failure`, { method: 'POST', headers, body })
    for (let count = 0; count < times; count += 1) {
      expect((await failure(open.stripe.customers.list())).code).toBe('rate_limit')
    }
    expect((await open.stripe.customers.list()).data).toEqual([])
  })
})
