import type { Deps } from '../ports/deps.ts'
import type { InboxState } from '../ports/inbox.ts'
import type { OutboxState } from '../ports/outbox.ts'

export type OutboxStates = { effects: OutboxState; notifications: OutboxState }

export type HealthFacts = {
  store: 'ok' | 'down'
  inbox: InboxState | null
  outbox: OutboxStates | null
  now: Date
}

/** Whether the store answers, and how inbox and outbox are doing. Never throws: it tells others that something is down. */
export const readHealth = async ({ store, clock, logger }: Deps): Promise<HealthFacts> => {
  const now = clock.now()
  try {
    await store.ping()
    const [inbox, effects, notifications] = await Promise.all([
      store.events.state(),
      store.effects.state(),
      store.notifications.state(),
    ])
    return { store: 'ok', inbox, outbox: { effects, notifications }, now }
  } catch (error) {
    logger.error({ error }, 'store_down')
    return { store: 'down', inbox: null, outbox: null, now }
  }
}
