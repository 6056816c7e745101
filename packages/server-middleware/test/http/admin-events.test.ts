import { describe, expect, it } from 'vitest'
import { createAdminRouter } from '../../src/http/admin-router.ts'
import { createRouter } from '../../src/http/router.ts'
import type { Host } from './host.ts'
import { alice, openHost } from './host.ts'
import { expectProblem, refuses } from './problems.ts'

const openAdmin = () =>
  openHost({
    mount: (app, context) => {
      app.use('/billing', createRouter(context))
      app.use('/admin', createAdminRouter(context))
    },
  })

const fact = { type: 'payment.changed', providerPaymentId: 'payment_1' } as const

/** An event that came and could not be applied. */
const failedEvent = async ({ store, provider }: Host, id: string, isDead = false) => {
  provider.announces(id, fact)
  const event = await provider.findEvent(id)
  if (!event) throw new Error('There is no such event.')
  const now = new Date()
  await store.events.claim({ ...event, subject: 'payment:payment_1' }, { owner: 'a', now, until: now })
  const retryAt = isDead ? null : new Date(now.getTime() + 60_000)
  await store.events.fail(id, 'a', { error: 'The database is gone.', now, retryAt })
}

describe('the events that operators see', () => {
  it('are those that failed or are given up, page by page, without what they say', async () => {
    await using host = await openAdmin()
    for (const id of ['notice_1', 'notice_2']) await failedEvent(host, id)
    await failedEvent(host, 'notice_3', true)
    await host.call('POST /billing/webhook', host.provider.announces('notice_4', fact))

    const { body } = await host.call('GET /admin/events?limit=2')
    const next = await host.call(`GET /admin/events?limit=2&cursor=${body.nextCursor}`)
    const items = [...(body.items as { id: string }[]), ...(next.body.items as { id: string }[])]
    expect(items.map(({ id }) => id).toSorted()).toEqual(['notice_1', 'notice_2', 'notice_3'])
    expect(next.body.nextCursor).toBeNull()
    expect((await host.call('GET /admin/events?state=dead')).body).toEqual({
      items: [
        {
          id: 'notice_3',
          type: 'payment.changed',
          objectId: 'payment:payment_1',
          subject: 'payment:payment_1',
          apiVersion: null,
          state: 'dead',
          attempts: 1,
          error: 'The database is gone.',
          receivedAt: expect.any(String),
          dueAt: null,
          settledAt: expect.any(String),
        },
      ],
      nextCursor: null,
    })
  })

  it('are looked up one by one', async () => {
    await using host = await openAdmin()
    await failedEvent(host, 'notice_1')
    expect((await host.call('GET /admin/events/notice_1')).body).toMatchObject({ id: 'notice_1', state: 'failed' })
    expectProblem(await refuses(host, 'GET /admin/events/notice_2', {}), 404, 'not_found')
  })

  it.each(['state=lost', 'limit=0', 'limit=101', 'cursor=here', 'page=2'])('with ?%s are refused', async (query) => {
    await using host = await openAdmin()
    expectProblem(await refuses(host, `GET /admin/events?${query}`, {}), 400, 'invalid_request')
  })
})

describe('a replay that an operator asks for', () => {
  it('applies the event, whatever became of it before', async () => {
    await using host = await openAdmin()
    const { body: purchase } = await host.call('POST /billing/purchases', { headers: alice, json: {} })
    const providerPaymentId = String(purchase.paymentId)
    host.provider.announces('notice_1', { type: 'payment.changed', providerPaymentId })
    host.provider.pays(providerPaymentId)
    expect((await host.call('POST /admin/events/notice_1/replay')).body).toMatchObject({
      result: 'done',
      event: { id: 'notice_1', state: 'done', error: null },
    })
    expect((await host.call('GET /billing/credits', { headers: alice })).body).toMatchObject({ available: 23 })
    expect((await host.call('POST /admin/events/notice_1/replay')).body).toMatchObject({ result: 'done' })
    expect((await host.call('GET /billing/credits', { headers: alice })).body).toMatchObject({ available: 23 })
  })

  it('of an event that nobody has is not found, and from another site refused', async () => {
    await using host = await openAdmin()
    expectProblem(await refuses(host, 'POST /admin/events/notice_9/replay', {}), 404, 'not_found')
    const headers = { origin: 'https://evil.example' }
    expectProblem(await refuses(host, 'POST /admin/events/notice_9/replay', { headers }), 403, 'cross_site_request')
    expectProblem(await refuses(host, 'GET /admin/events/notice_9/replay', {}), 405, 'method_not_allowed')
  })
})
