import { Counter, Gauge, Registry } from 'prom-client'
import type { InboxState } from './ports/inbox.ts'
import type { Exposition, Metrics, StoreReading } from './ports/metrics.ts'

/** For Prometheus, in a registry of its own: two of them in one process know nothing of each other. */
export const createMetrics = (): Metrics & Exposition => {
  const registry = new Registry()
  const counters = createCounters(registry)
  const setGauges = createGauges(registry)
  return {
    creditCheck: (purchaseRequired) => counters.creditChecks.inc({ purchase_required: String(purchaseRequired) }),
    charge: (success) => counters.charges.inc({ success: String(success) }),
    webhook: (type, result) => counters.webhooks.inc({ type, result }),
    providerCall: (result) => counters.providerCalls.inc({ result }),
    async expose(reading) {
      setGauges(reading)
      return registry.metrics()
    },
  }
}

const createCounters = (registry: Registry) => {
  const count = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers: [registry] })
  return {
    creditChecks: count('billing_credit_checks_total', 'Questions whether a charge would pass.', ['purchase_required']),
    charges: count('billing_charges_total', 'Charges of credits, posted or refused.', ['success']),
    webhooks: count('billing_webhooks_total', 'Webhooks that came in.', ['type', 'result']),
    providerCalls: count('billing_provider_calls_total', 'Requests to the payment provider.', ['result']),
  }
}

const createGauges = (registry: Registry) => {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] })
  const storeUp = gauge('billing_store_up', 'Whether the store answers.')
  const depth = gauge('billing_inbox_events', 'Events of the payment provider that are not settled.', ['state'])
  const lag = gauge('billing_inbox_lag_seconds', 'Age of the oldest event that waits.')
  const unsent = gauge('billing_outbox_items', 'What has reached neither hooks nor people.', ['outbox', 'state'])
  const setOutbox = (outbox: string, counts: Counts) => {
    for (const [state, items] of countsOf(counts)) unsent.set({ outbox, state }, items)
  }
  return ({ inbox, outbox, lagSeconds }: StoreReading): void => {
    storeUp.set(inbox ? 1 : 0)
    for (const each of [depth, lag, unsent]) each.reset()
    for (const [name, counts] of Object.entries(outbox)) setOutbox(name, counts)
    if (!inbox) return
    for (const [state, events] of countsOf(inbox)) depth.set({ state }, events)
    lag.set(lagSeconds)
  }
}

type Counts = Pick<InboxState, 'pending' | 'failed' | 'dead'>

const countsOf = ({ pending, failed, dead }: Counts) => Object.entries({ pending, failed, dead })
