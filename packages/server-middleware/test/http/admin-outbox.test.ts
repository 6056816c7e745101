import { describe, expect, it } from 'vitest'
import { createAdminRouter } from '../../src/http/admin-router.ts'
import { createRouter } from '../../src/http/router.ts'
import { ended } from '../fixtures/ended.ts'
import type { Host } from './host.ts'
import { openHost } from './host.ts'
import { expectProblem, refuses } from './problems.ts'

const openAdmin = () =>
  openHost({
    mount: (app, context) => {
      app.use('/billing', createRouter(context))
      app.use('/admin', createAdminRouter(context))
    },
  })

/** An effect that no hook took. */
const failedEffect = async ({ store }: Host, key: string, isDead = false) => {
  const now = new Date()
  await store.effects.claim(ended(key), { owner: 'a', now, until: now })
  const retryAt = isDead ? null : new Date(now.getTime() + 60_000)
  await store.effects.fail(key, 'a', { error: 'Nobody listens.', now, retryAt })
}

const deadMessage = async ({ store }: Host, key: string) => {
  const now = new Date()
  const recipient = { email: 'alice@example.com', name: 'Alice', locale: 'en' }
  const message = { key, kind: 'subscription_canceled' as const, effect: ended('e'), recipient }
  await store.notifications.claim(message, { owner: 'a', now, until: now })
  await store.notifications.fail(key, 'a', { error: 'No such mailbox.', now, retryAt: null })
}

describe('the outbox that operators see', () => {
  it('has what failed and what is given up, page by page, without what it says', async () => {
    await using host = await openAdmin()
    for (const key of ['effect_1', 'effect_2']) await failedEffect(host, key)
    await failedEffect(host, 'effect_3', true)
    await deadMessage(host, 'effect_3:alice@example.com')

    const { body } = await host.call('GET /admin/outbox?limit=3')
    const next = await host.call(`GET /admin/outbox?limit=3&cursor=${body.nextCursor}`)
    const items = [...(body.items as { key: string }[]), ...(next.body.items as { key: string }[])]
    expect(items.map(({ key }) => key).toSorted()).toEqual([
      'effect_1',
      'effect_2',
      'effect_3',
      'effect_3:alice@example.com',
    ])
    expect(next.body.nextCursor).toBeNull()
    const { body: dead } = await host.call('GET /admin/outbox?state=dead')
    expect(dead).toEqual({ items: expect.any(Array), nextCursor: null })
    expect(dead.items).toHaveLength(2)
    expect(dead.items).toContainEqual({
      kind: 'notification',
      key: 'effect_3:alice@example.com',
      type: 'subscription_canceled',
      accountId: 'alice',
      email: 'alice@example.com',
      state: 'dead',
      attempts: 1,
      error: 'No such mailbox.',
      addedAt: expect.any(String),
      dueAt: null,
      settledAt: expect.any(String),
    })
  })

  it('is looked at one by one', async () => {
    await using host = await openAdmin()
    await failedEffect(host, 'subscription.ended:sub/1')
    const path = `/admin/outbox/${encodeURIComponent('subscription.ended:sub/1')}`
    expect((await host.call(`GET ${path}`)).body).toMatchObject({ kind: 'effect', state: 'failed', email: null })
    expectProblem(await refuses(host, 'GET /admin/outbox/effect_9', {}), 404, 'not_found')
  })

  it.each(['state=lost', 'state=received', 'limit=0', 'cursor=here', 'kind=effect'])(
    'is refused with ?%s',
    async (query) => {
      await using host = await openAdmin()
      expectProblem(await refuses(host, `GET /admin/outbox?${query}`, {}), 400, 'invalid_request')
    },
  )
})

describe('what an operator asks to be tried again', () => {
  it('is told now, and its state is the answer', async () => {
    await using host = await openAdmin()
    await failedEffect(host, 'effect_1', true)
    expect((await host.call('POST /admin/outbox/effect_1/retry')).body).toMatchObject({
      key: 'effect_1',
      state: 'sent',
    })
    expect((await host.call('GET /admin/outbox')).body).toEqual({ items: [], nextCursor: null })
  })

  it('may be all at once', async () => {
    await using host = await openAdmin()
    for (const key of ['effect_1', 'effect_2']) await failedEffect(host, key, key === 'effect_2')
    await deadMessage(host, 'message_1')
    expect((await host.call('POST /admin/outbox/retry')).body).toEqual({ retried: 3, sent: 2 })
    expect((await host.call('GET /admin/outbox')).body).toMatchObject({
      items: [{ key: 'message_1', state: 'failed', error: expect.stringContaining('notifications.notifier') }],
    })
  })

  it('is not found when nobody has it, and from another site refused', async () => {
    await using host = await openAdmin()
    expectProblem(await refuses(host, 'POST /admin/outbox/effect_9/retry', {}), 404, 'not_found')
    const headers = { origin: 'https://evil.example' }
    for (const path of ['/admin/outbox/effect_9/retry', '/admin/outbox/retry'])
      expectProblem(await refuses(host, `POST ${path}`, { headers }), 403, 'cross_site_request')
    expectProblem(await refuses(host, 'GET /admin/outbox/effect_9/retry', {}), 405, 'method_not_allowed')
  })
})
