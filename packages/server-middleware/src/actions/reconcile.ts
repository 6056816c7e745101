import type { Deps } from '../ports/deps.ts'
import { createFindings, type FoundCounts, type ReconcileListener } from './findings.ts'
import { reconcileEvents } from './reconcile-events.ts'
import { reconcileCheckouts, reconcilePurchases, reconcileSubscriptions } from './reconcile-objects.ts'
import { reconcileUnknownSubscriptions } from './reconcile-unknown-subscriptions.ts'

export type ReconcileInput = {
  /** Only tells what differs. */
  dryRun?: boolean | undefined
  /** How far back to look for events and purchases; else for events from where the last reconciliation began, 30 days at most. */
  since?: Date | undefined
  listener?: ReconcileListener
  signal?: AbortSignal | undefined
}

/** `unapplied`: events that failed or are dead. `isComplete`: nothing stopped it. */
export type Reconciliation = FoundCounts & { unapplied: number; isComplete: boolean }

const usualMilliseconds = 30 * 86_400_000

/**
 * Finds what we missed: takes in the events that never came, then compares what we mirror with the provider, and mends it
 * by the same actions as a webhook. Any number may run at once; one that was stopped is gone on with by the next.
 */
export const reconcile = async (deps: Deps, input: ReconcileInput = {}): Promise<Reconciliation> => {
  const { dryRun = false, since = null, listener = {}, signal } = input
  const findings = createFindings(deps, listener)
  const tour = { deps, findings, dryRun, usesMarks: !dryRun && since === null, signal }
  await reconcileEvents(tour, since)
  await reconcileSubscriptions(tour)
  await reconcileUnknownSubscriptions(tour)
  await reconcileCheckouts(tour)
  await reconcilePurchases(tour, since ?? new Date(deps.clock.now().getTime() - usualMilliseconds))
  const { failed, dead } = await deps.store.events.state()
  const result = { ...findings.counts(), unapplied: failed + dead, isComplete: !signal?.aborted }
  deps.logger.info({ ...result, dryRun }, 'reconciled')
  return result
}
