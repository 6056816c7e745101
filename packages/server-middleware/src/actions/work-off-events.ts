import type { Deps } from '../ports/deps.ts'
import type { InboxEvent } from '../ports/inbox.ts'
import { applyEvents } from './apply-events.ts'
import { leaseFrom } from './lease-from.ts'

const subjectsAtOnce = 16

/**
 * So many events in so short a time are a storm, in which more about the same subjects is to come. Looking at them would
 * slow down taking the others in, and would be for nothing: so in a storm a subject waits for its company, but not for
 * long.
 */
const storm = { events: 50, milliseconds: 500, mostWaitMilliseconds: 30_000 } as const

/**
 * Applies what is due in the inbox, all events of one subject together, until nothing is or `signal` stops it. Any
 * number of processes may do so at once. Gives how many events it took up.
 */
export const workOffEvents = async (deps: Deps, signal?: AbortSignal): Promise<number> => {
  let events = 0
  while (!signal?.aborted) {
    const dueSince = await dueSinceFor(deps)
    const lease = leaseFrom(deps)
    const due = await deps.store.events.claimDue(lease, subjectsAtOnce, dueSince)
    if (due.length === 0) break
    await Promise.all(bySubject(due).map((group) => applyEvents(deps, group, lease.owner)))
    events += due.length
  }
  return events
}

const dueSinceFor = async ({ store, clock }: Deps): Promise<Date> => {
  const now = clock.now().getTime()
  const received = await store.events.countReceived(new Date(now - storm.milliseconds), storm.events)
  return new Date(received < storm.events ? now : now - storm.mostWaitMilliseconds)
}

const bySubject = (events: readonly InboxEvent[]): readonly InboxEvent[][] => {
  const groups = new Map<string, InboxEvent[]>()
  for (const event of events) groups.set(event.subject, [...(groups.get(event.subject) ?? []), event])
  return [...groups.values()]
}
