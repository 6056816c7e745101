import type { Deps } from '../ports/deps.ts'
import type { InboxEvent } from '../ports/inbox.ts'
import { applyEvents } from './apply-events.ts'
import { leaseFrom } from './lease-from.ts'

const subjectsAtOnce = 16

/**
 * Applies what is due in the inbox, all events of one subject together, until nothing is or `signal` stops it. Any
 * number of processes may do so at once. Gives how many events it took up.
 */
export const workOffEvents = async (deps: Deps, signal?: AbortSignal): Promise<number> => {
  let events = 0
  while (!signal?.aborted) {
    const lease = leaseFrom(deps)
    const due = await deps.store.events.claimDue(lease, subjectsAtOnce)
    if (due.length === 0) break
    await Promise.all(bySubject(due).map((group) => applyEvents(deps, group, lease.owner)))
    events += due.length
  }
  return events
}

const bySubject = (events: readonly InboxEvent[]): readonly InboxEvent[][] => {
  const groups = new Map<string, InboxEvent[]>()
  for (const event of events) groups.set(event.subject, [...(groups.get(event.subject) ?? []), event])
  return [...groups.values()]
}
