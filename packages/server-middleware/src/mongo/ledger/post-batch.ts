import type { BookEntry, Tools } from '../../domain/credits/entry.ts'
import type { LedgerRef, Operation, Posting } from '../../domain/credits/operation.ts'
import { post } from '../../domain/credits/post.ts'
import type { LedgerState } from '../../domain/credits/state.ts'

export type Request = { ledger: LedgerRef; operation: Operation }

/** A refusal of the rules is an error of its own request only, not of its neighbours'. */
export type Answer = { posting: Posting } | { error: unknown }

export type Batch = { state: LedgerState; entries: readonly BookEntry[]; answers: readonly Answer[] }

/** Posts one operation after the other; `known` are the entries that may have their keys already. */
export const postBatch = (
  { state, known }: { state: LedgerState; known: readonly BookEntry[] },
  requests: readonly Request[],
  tools: Tools,
): Batch => {
  const byKey = new Map(known.map((entry) => [entry.key, entry]))
  const entries: BookEntry[] = []
  const answers: Answer[] = []
  let current = state
  for (const { ledger, operation } of requests) {
    const step = attempt(() => post(current, { ledger, operation, known: byKey.get(operation.key) ?? null }, tools))
    answers.push(step)
    if ('error' in step) continue
    current = step.state
    entries.push(...step.entries)
    for (const entry of step.entries) byKey.set(entry.key, entry)
  }
  return { state: current, entries, answers }
}

const attempt = <T>(work: () => T): T | { error: unknown } => {
  try {
    return work()
  } catch (error) {
    return { error }
  }
}

/** Whether it may be otherwise in a book that somebody else has written in. */
export const isRefusal = (answer: Answer): boolean =>
  'error' in answer || !('entry' in answer.posting || answer.posting.outcome === 'conflict')

/** A replay of what an earlier try of this very batch wrote is what that try posted: once a key. */
export const markOwn = (
  answers: readonly Answer[],
  requests: readonly Request[],
  landedKeys: Set<string>,
): readonly Answer[] =>
  answers.map((answer, index) => {
    if ('error' in answer || answer.posting.outcome !== 'replayed') return answer
    const isOwn = landedKeys.delete(requests[index]?.operation.key ?? '')
    return isOwn ? { posting: { ...answer.posting, outcome: 'posted' } } : answer
  })
