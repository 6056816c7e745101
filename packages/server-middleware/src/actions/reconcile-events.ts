import type { ProviderEvent } from '../domain/event.ts'
import type { Deps } from '../ports/deps.ts'
import { readFact, subjectFor } from './read-facts.ts'
import { markName, type Tour, walk } from './walk.ts'
import { workOffEvents } from './work-off-events.ts'

const eventsAtOnce = 100
const day = 86_400_000
/** For so long providers remember events. */
const rememberedMilliseconds = 30 * day
/** Clocks differ, and an event may be listed later than it happened. */
const overlapMilliseconds = 3_600_000

/** Takes in what the provider has told and we never got, and applies all that is due. */
export const reconcileEvents = async (tour: Tour, since: Date | null): Promise<void> => {
  const again = await walkEvents(tour, since)
  if (again) await walkEvents(tour, null)
  if (!tour.dryRun) await workOffEvents(tour.deps, tour.signal)
}

const walkEvents = async (tour: Tour, since: Date | null): Promise<boolean> => {
  const { deps } = tour
  const start = since ?? (await lastStart(deps))
  const { again } = await walk<ProviderEvent>(tour, {
    kind: 'event',
    since: start,
    page: async (after, from) => {
      const { events, next } = await deps.provider.listEvents({ since: from ?? start, after, limit: eventsAtOnce })
      return { rows: events, next }
    },
    visit: async (events) => {
      await Promise.all(events.filter((event) => isForUs(deps, event)).map((event) => takeIn(tour, event)))
    },
  })
  return again
}

/** Where the last walk began that came to its end. */
const lastStart = async ({ store, clock }: Deps): Promise<Date> => {
  const remembered = clock.now().getTime() - rememberedMilliseconds
  const mark = await store.marks.find(markName('event'))
  const known = mark?.cursor === null ? mark.startedAt.getTime() - overlapMilliseconds : remembered
  return new Date(Math.max(known, remembered))
}

/** One that cannot be read is, too: somebody has to see it. */
const isForUs = (deps: Deps, event: ProviderEvent): boolean => {
  if (event.mode !== deps.provider.mode) return false
  const reading = readFact(deps, event)
  return 'error' in reading || reading.fact !== null
}

const takeIn = async ({ deps, dryRun, findings }: Tour, event: ProviderEvent): Promise<void> => {
  const { events } = deps.store
  const isMissing = dryRun
    ? (await events.find(event.id)) === null
    : (await events.add({ ...event, subject: subjectFor(deps, event) }, deps.clock.now())) === 'added'
  if (!isMissing) return
  findings.found({ kind: 'event', id: event.id, field: 'type', held: null, provider: event.type }, !dryRun)
}
