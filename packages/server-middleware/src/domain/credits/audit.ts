import { availableAt } from './balance.ts'
import { canonical } from './canonical.ts'
import { type BookEntry, isSealed, type Tools } from './entry.ts'
import { applyEntry, emptyState, type LedgerState } from './state.ts'

/** What is wrong with a book, and where. `seq` is null for what is wrong with it as a whole. */
export type Flaw = { seq: number | null; problem: string }

export type Audit = { entries: number; flaws: readonly Flaw[] }

export interface Auditor {
  /** Entries in their order, in as many portions as one likes. */
  read(entries: readonly BookEntry[]): void
  /** Compares what the entries come to with the state that is kept. */
  finish(state: LedgerState): Audit
}

const mostFlaws = 20

/** Folds a book from its first entry and holds it against every rule that always holds. Remembers no entries. */
export const createAuditor = (hash: Tools['hash']): Auditor => {
  const flaws: Flaw[] = []
  let state = emptyState
  const report = (seq: number | null, problems: readonly string[]): void => {
    for (const problem of problems) if (flaws.length < mostFlaws) flaws.push({ seq, problem })
  }
  return {
    read: (entries) => {
      for (const entry of entries) {
        const next = applyEntry(state, entry)
        report(entry.seq, flawsOfEntry(entry, state, hash))
        report(entry.seq, flawsOfState(next, entry))
        state = next
      }
    },
    finish: (kept) => {
      report(null, flawsOfBook(state, kept))
      return { entries: state.seq, flaws }
    },
  }
}

const flawsOfEntry = (entry: BookEntry, before: LedgerState, hash: Tools['hash']): readonly string[] => {
  const flaws: string[] = []
  if (entry.seq !== before.seq + 1) flaws.push(`comes after ${before.seq}`)
  if (!isSealed(entry, before.lastHash, hash)) flaws.push('is not as it was written, or not after the one before')
  if (sum(entry.legs) !== 0) flaws.push(`moves ${sum(entry.legs)} credits out of nowhere`)
  if (before.lastAt !== null && entry.at < before.lastAt) flaws.push('is older than the entry before')
  return flaws
}

const flawsOfState = (state: LedgerState, { at, balanceAfter }: BookEntry): readonly string[] => {
  const flaws: string[] = []
  if (availableAt(state, at) !== balanceAfter) {
    flaws.push(`says ${balanceAfter} are available after it, which are ${availableAt(state, at)}`)
  }
  for (const { id, credits, parts } of state.grants) {
    const values = Object.values(parts)
    if (values.some((part) => part < 0)) flaws.push(`leaves less than nothing in a part of grant ${id}`)
    if (values.reduce((all, part) => all + part, 0) !== credits)
      flaws.push(`leaves grant ${id} with other than ${credits}`)
  }
  if (sum(state.holds.flatMap(({ slices }) => slices)) !== state.totals.held)
    flaws.push('leaves holds that do not add up')
  return flaws
}

const flawsOfBook = (folded: LedgerState, kept: LedgerState): readonly string[] => {
  const differing = (Object.keys(folded) as (keyof LedgerState)[]).filter(
    (field) => canonical(folded[field]) !== canonical(kept[field]),
  )
  return differing.map((field) => `its ${field} are not what its entries come to`)
}

const sum = (parts: readonly { credits: number }[]): number => parts.reduce((all, { credits }) => all + credits, 0)
