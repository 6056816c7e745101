import { describe, expect, it } from 'vitest'
import { createAdminRouter } from '../../src/http/admin-router.ts'
import { createRouter } from '../../src/http/router.ts'
import { memoryStore } from '../../src/memory/memory-store.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { alice, type HostOptions, openHost } from './host.ts'

const effect = {
  key: 'a',
  type: 'event.dead',
  accountId: null,
  eventId: 'evt_1',
  eventType: 'a',
  error: 'b',
} as const

const openAdmin = (options: HostOptions = {}) =>
  openHost({
    ...options,
    mount: (app, context) => {
      app.use('/billing', createRouter(context))
      app.use('/admin', createAdminRouter(context))
    },
  })

/** An effect that no hook took, for a day. */
const giveUpEffect = async ({ effects }: BillingStore) => {
  const now = new Date()
  await effects.claim(effect, { owner: 'a', now, until: now })
  await effects.fail('a', 'a', { error: 'Nobody listens.', now, retryAt: null })
}

describe('the metrics that operators scrape', () => {
  it('are figures for Prometheus', async () => {
    await using host = await openAdmin()
    const { status, headers } = await host.call('GET /admin/metrics')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect((await host.call('POST /admin/metrics')).status).toBe(405)
  })

  it('count checks and charges by how they ended', async () => {
    await using host = await openAdmin()
    const charge = { headers: alice, json: { credits: 2, description: 'Asked the agent' } }
    await host.call('POST /billing/credits/check', { headers: alice, json: {} })
    await host.call('POST /billing/credits/charges', charge)
    expect((await host.call('POST /billing/credits/charges', charge)).status).toBe(402)
    await host.call('POST /billing/credits/check', { headers: alice, json: { credits: 2 } })
    const { text } = await host.call('GET /admin/metrics')
    expect(text).toContain('billing_credit_checks_total{purchase_required="false"} 1')
    expect(text).toContain('billing_credit_checks_total{purchase_required="true"} 1')
    expect(text).toContain('billing_charges_total{success="true"} 1')
    expect(text).toContain('billing_charges_total{success="false"} 1')
  })

  it('count webhooks by type and by what became of them; a type that means nothing is another one', async () => {
    await using host = await openAdmin()
    const fact = { type: 'payment.changed', providerPaymentId: 'payment_1' } as const
    const notice = host.provider.announces('notice_1', fact)
    await host.call('POST /billing/webhook', notice)
    await host.call('POST /billing/webhook', notice)
    await host.call('POST /billing/webhook', host.provider.announces('notice_2', null))
    await host.call('POST /billing/webhook', { ...notice, headers: {} })
    const { text } = await host.call('GET /admin/metrics')
    expect(text.split('\n').filter((line) => line.startsWith('billing_webhooks_total{'))).toEqual([
      'billing_webhooks_total{type="payment.changed",result="ignored"} 1',
      'billing_webhooks_total{type="payment.changed",result="duplicate"} 1',
      'billing_webhooks_total{type="other",result="ignored"} 1',
      'billing_webhooks_total{type="other",result="refused"} 1',
    ])
  })

  it('say how the inbox is, and how long its oldest event has been waiting', async () => {
    const store = memoryStore()
    const received = { id: 'evt_1', type: 'a', subject: 'a', objectId: null, providerCustomerId: null }
    await store.events.add(
      { ...received, apiVersion: null, mode: 'test', payload: null },
      new Date(Date.now() - 301_000),
    )
    await using host = await openAdmin({ store })
    const { text } = await host.call('GET /admin/metrics')
    expect(text).toContain('billing_inbox_events{state="pending"} 1')
    expect(text).toMatch(/billing_inbox_lag_seconds 30[1-5]$/m)
    expect((await host.call('GET /billing/health')).body).toMatchObject({ status: 'degraded', webhook: { pending: 1 } })
  })

  it('say how many effects and messages reached nobody so far', async () => {
    const store = memoryStore()
    await giveUpEffect(store)
    await using host = await openAdmin({ store })
    const { text } = await host.call('GET /admin/metrics')
    expect(text).toContain('billing_outbox_items{outbox="effects",state="dead"} 1')
    expect(text).toContain('billing_outbox_items{outbox="effects",state="failed"} 0')
    expect(text).toContain('billing_outbox_items{outbox="notifications",state="dead"} 0')
  })

  it('are there when the store is not', async () => {
    const ping = () => Promise.reject(new Error('gone'))
    await using host = await openAdmin({ store: { ...memoryStore(), ping } })
    expect(await host.call('GET /admin/metrics')).toMatchObject({
      status: 200,
      text: expect.stringContaining('billing_store_up 0'),
    })
  })
})

describe('the health of webhooks', () => {
  it('is degraded while an event is given up, and counts it', async () => {
    const store = memoryStore()
    const event = { id: 'evt_1', type: 'a', subject: 'a', objectId: null, providerCustomerId: null }
    const now = new Date()
    await store.events.claim(
      { ...event, apiVersion: null, mode: 'test', payload: null },
      { owner: 'a', now, until: now },
    )
    await store.events.fail('evt_1', 'a', { error: 'It has no shape.', now, retryAt: null })
    await using host = await openAdmin({ store })
    expect((await host.call('GET /billing/health')).body).toMatchObject({
      status: 'degraded',
      webhook: { pending: 0, failed: 0, dead: 1 },
    })
  })
})

describe('the health of what goes out', () => {
  it('is degraded while an effect is given up, and counts it', async () => {
    const store = memoryStore()
    await giveUpEffect(store)
    await using host = await openAdmin({ store })
    expect((await host.call('GET /billing/health')).body).toMatchObject({
      status: 'degraded',
      outbox: { effects: { pending: 0, failed: 0, dead: 1 }, notifications: { pending: 0, failed: 0, dead: 0 } },
    })
  })

  it('is well when a mailbox takes nothing, and counts the message', async () => {
    const store = memoryStore()
    const now = new Date()
    const recipient = { email: 'alice@example.com', name: null, locale: 'en' }
    await store.notifications.claim(
      { key: 'm', kind: 'dead_letter', effect, recipient },
      { owner: 'a', now, until: now },
    )
    await store.notifications.fail('m', 'a', { error: 'No such mailbox.', now, retryAt: null })
    await using host = await openAdmin({ store })
    expect((await host.call('GET /billing/health')).body).toMatchObject({
      status: 'ok',
      outbox: { notifications: { dead: 1 } },
    })
  })
})
