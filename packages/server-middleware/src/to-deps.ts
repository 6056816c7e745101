import { systemClock } from './clock.ts'
import { createCoalescer } from './coalescer.ts'
import type { Hooks } from './hooks.ts'
import { defaultLogger } from './logger.ts'
import { newId } from './new-id.ts'
import type { ParsedOptions } from './options.ts'
import type { Deps } from './ports/deps.ts'
import type { Metrics } from './ports/metrics.ts'

/** What the host decides, and what it leaves to us, as the actions want it. */
export const toDeps = ({ notifications, ...parsed }: ParsedOptions, hooks: Hooks, metrics: Metrics): Deps => ({
  provider: parsed.provider,
  store: parsed.store,
  catalog: parsed.catalog,
  clock: parsed.clock ?? systemClock(),
  logger: parsed.logger ?? defaultLogger(),
  listener: hooks.listener,
  correspondence: notifications ? { ...notifications, recipients: notifications.recipients ?? null } : null,
  metrics,
  coalesce: createCoalescer(),
  newId,
  policy: {
    graceDays: parsed.graceDays,
    locale: parsed.locale,
    trustedOrigins: parsed.trustedOrigins,
    defaultReturnPath: parsed.defaultReturnPath,
    source: parsed.source,
    webhooks: parsed.webhooks.mode,
    credits: { overdraft: parsed.credits.overdraft, shortfall: parsed.credits.shortfall },
    lowAt: thresholdsOf(parsed),
  },
})

const thresholdsOf = ({ catalog, credits: { lowAt = {} } }: Pick<ParsedOptions, 'catalog' | 'credits'>) =>
  typeof lowAt === 'number' ? { [catalog.unit]: lowAt } : lowAt
