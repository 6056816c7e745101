import { randomUUID } from 'node:crypto'
import { systemClock } from '../../src/clock.ts'
import { createCoalescer } from '../../src/coalescer.ts'
import type { Effect } from '../../src/domain/event.ts'
import { memoryStore } from '../../src/memory/memory-store.ts'
import { createMetrics } from '../../src/metrics.ts'
import type { Deps } from '../../src/ports/deps.ts'
import { catalog } from '../journeys/catalog.ts'
import { type TinyProvider, tinyProvider } from '../tiny-provider.ts'

export type Bench = { deps: Deps; bank: TinyProvider; told: Effect[] }

/** Everything an action needs, in memory. */
export const openBench = (): Bench => {
  const bank = tinyProvider()
  const told: Effect[] = []
  const silent = () => {}
  const deps: Deps = {
    provider: bank,
    store: memoryStore(),
    clock: systemClock(),
    listener: { hear: async (effect) => void told.push(effect) },
    correspondence: null,
    logger: { info: silent, warn: silent, error: silent },
    metrics: createMetrics(),
    coalesce: createCoalescer(),
    catalog,
    policy: {
      graceDays: 14,
      locale: 'en-US',
      trustedOrigins: ['https://app.example.com'],
      defaultReturnPath: '/account',
      source: 'test',
      webhooks: 'inline',
      credits: { overdraft: 0, shortfall: 'debt' },
      lowAt: {},
    },
    newId: randomUUID,
  }
  return { deps, bank, told }
}

export const alice = { accountId: 'alice', userId: 'user-alice', email: 'alice@example.com' }
