import type { Deps } from '../ports/deps.ts'
import type { InboxState } from '../ports/inbox.ts'

export type HealthFacts = { store: 'ok' | 'down'; inbox: InboxState | null; now: Date }

/** Whether the store answers, and how the inbox is doing. Never throws: this is what tells others that something is down. */
export const readHealth = async ({ store, clock, logger }: Deps): Promise<HealthFacts> => {
  const now = clock.now()
  try {
    await store.ping()
    return { store: 'ok', inbox: await store.events.state(), now }
  } catch (error) {
    logger.error({ error }, 'store_down')
    return { store: 'down', inbox: null, now }
  }
}
