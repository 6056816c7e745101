import type { Config, Health } from '@paywright/contract'
import type { HealthFacts } from '../../actions/read-health.ts'
import type { Deps } from '../../ports/deps.ts'
import type { InboxState } from '../../ports/inbox.ts'
import { toTimestampOrNull } from './timestamp.ts'

export const toConfig = ({ provider, catalog, policy }: Deps): Config => {
  const sellsPacks = Object.keys(catalog.packs).length > 0
  const sellsPlans = Object.values(catalog.plans).some(({ prices }) => prices.month ?? prices.year)
  return {
    provider: provider.id,
    publishableKey: provider.publishableKey,
    mode: provider.mode,
    currency: catalog.currency,
    locale: policy.locale,
    features: {
      checkout: sellsPacks || sellsPlans,
      purchases: sellsPacks,
      portal: true,
      ...provider.features,
    },
  }
}

/** From then on a waiting event is a sign that something is wrong. */
const worryingLagSeconds = 300

export const toHealth = ({ provider }: Deps, { store, inbox, now }: HealthFacts, bodyConsumed: number): Health => {
  const lagSeconds = lagOf(inbox, now)
  const webhook = {
    lastReceivedAt: toTimestampOrNull(inbox?.lastReceivedAt ?? null),
    lagSeconds,
    pending: inbox?.pending ?? 0,
    failed: inbox?.failed ?? 0,
    dead: inbox?.dead ?? 0,
    bodyConsumed,
  }
  return {
    status: store === 'down' ? 'down' : webhookStatus(webhook),
    provider: { id: provider.id, mode: provider.mode },
    store: { status: store },
    webhook,
  }
}

const webhookStatus = ({ failed, dead, bodyConsumed, lagSeconds }: Health['webhook']): 'ok' | 'degraded' =>
  failed + dead + bodyConsumed > 0 || lagSeconds > worryingLagSeconds ? 'degraded' : 'ok'

/** How long the oldest event has been waiting. */
export const lagOf = (inbox: InboxState | null, now: Date): number => {
  const oldest = inbox?.oldestPendingAt
  return oldest ? Math.max(0, Math.round((now.getTime() - oldest.getTime()) / 1000)) : 0
}
