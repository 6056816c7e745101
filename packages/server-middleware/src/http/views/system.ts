import type { Config, Health, OutboxHealth } from '@paywright/contract'
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

export const toHealth = (
  { provider }: Deps,
  { store, inbox, outbox, now }: HealthFacts,
  bodyConsumed: number,
): Health => {
  const lagSeconds = lagOf(inbox, now)
  const webhook = {
    lastReceivedAt: toTimestampOrNull(inbox?.lastReceivedAt ?? null),
    lagSeconds,
    pending: inbox?.pending ?? 0,
    failed: inbox?.failed ?? 0,
    dead: inbox?.dead ?? 0,
    bodyConsumed,
  }
  const facts = {
    webhook,
    outbox: { effects: toOutboxHealth(outbox?.effects), notifications: toOutboxHealth(outbox?.notifications) },
  }
  return {
    status: store === 'down' ? 'down' : statusOf(facts),
    provider: { id: provider.id, mode: provider.mode },
    store: { status: store },
    ...facts,
  }
}

const toOutboxHealth = (
  { pending, failed, dead }: OutboxHealth = { pending: 0, failed: 0, dead: 0 },
): OutboxHealth => ({
  pending,
  failed,
  dead,
})

/** A mailbox that takes nothing is not the app's fault; an effect that no hook took is for somebody to look at. */
const statusOf = ({ webhook, outbox }: Pick<Health, 'webhook' | 'outbox'>): 'ok' | 'degraded' => {
  const { failed, dead, bodyConsumed, lagSeconds } = webhook
  const amiss = failed + dead + bodyConsumed + outbox.effects.dead
  return amiss > 0 || lagSeconds > worryingLagSeconds ? 'degraded' : 'ok'
}

/** How long the oldest event has been waiting. */
export const lagOf = (inbox: InboxState | null, now: Date): number => {
  const oldest = inbox?.oldestPendingAt
  return oldest ? Math.max(0, Math.round((now.getTime() - oldest.getTime()) / 1000)) : 0
}
