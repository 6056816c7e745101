import { describe, expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

const idle = { lastReceivedAt: null, oldestPendingAt: null, pending: 0, failed: 0, dead: 0 }

describe('metrics', () => {
  it('count what they are told, in the text format of Prometheus', async () => {
    const metrics = createMetrics()
    metrics.creditCheck(true)
    metrics.charge(true)
    metrics.charge(true)
    metrics.charge(false)
    metrics.webhook('invoice.paid', 'done')
    metrics.providerCall('unavailable')
    const text = await metrics.expose({ inbox: { ...idle, pending: 2, dead: 1 }, outbox: {}, lagSeconds: 7 })
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
      'billing_credit_checks_total{purchase_required="true"} 1',
      'billing_charges_total{success="true"} 2',
      'billing_charges_total{success="false"} 1',
      'billing_webhooks_total{type="invoice.paid",result="done"} 1',
      'billing_provider_calls_total{result="unavailable"} 1',
      'billing_store_up 1',
      'billing_inbox_events{state="pending"} 2',
      'billing_inbox_events{state="failed"} 0',
      'billing_inbox_events{state="dead"} 1',
      'billing_inbox_lag_seconds 7',
    ])
  })

  it('say nothing of the inbox when the store does not answer', async () => {
    const metrics = createMetrics()
    await metrics.expose({ inbox: { ...idle, pending: 2 }, outbox: {}, lagSeconds: 7 })
    const text = await metrics.expose({ inbox: null, outbox: {}, lagSeconds: 0 })
    expect(text).toContain('billing_store_up 0')
    expect(text).not.toContain('billing_inbox_events{')
  })

  it('are each instance’s own', async () => {
    const [here, there] = [createMetrics(), createMetrics()]
    here.charge(true)
    expect(await there.expose({ inbox: idle, outbox: {}, lagSeconds: 0 })).not.toContain('billing_charges_total{')
  })
})
