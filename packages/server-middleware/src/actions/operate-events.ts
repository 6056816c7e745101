import type { Deps } from '../ports/deps.ts'
import { type ReconcileInput, type Reconciliation, reconcile } from './reconcile.ts'
import { type ReplayedEvent, type ReplayInput, replayEvent, replayEvents } from './replay-events.ts'

/** What operators do about events that failed, or never came. */
export type EventOperations = {
  /** Applies an event again, whatever became of it. */
  replay(eventId: string): Promise<ReplayedEvent>
  /** The same for all that are in these states, the newest first, as you ask for them. */
  replayAll(input: ReplayInput): AsyncIterable<ReplayedEvent>
  /** Takes in what never came, compares with the provider, and mends. */
  reconcile(input?: ReconcileInput): Promise<Reconciliation>
}

export const operateEvents = (deps: Deps): EventOperations => ({
  replay: (eventId) => replayEvent(deps, eventId),
  replayAll: (input) => replayEvents(deps, input),
  reconcile: (input) => reconcile(deps, input),
})
