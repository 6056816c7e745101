import { randomUUID } from 'node:crypto'
import type { BookEntry } from '../../domain/credits/entry.ts'
import { emptyState, type LedgerState } from '../../domain/credits/state.ts'

/** A book as this process last read or wrote it; `rev` is null while nobody has written in it. */
export type Snapshot = {
  rev: string | null
  state: LedgerState
  /** The newest entries without a gap, oldest first: all that the archive might not have. */
  recent: readonly BookEntry[]
  archivedSeq: number
}

export type WrittenSnapshot = Snapshot & { rev: string }

/** What is to be written on a snapshot. */
export type Writing = { state: LedgerState; entries: readonly BookEntry[]; archivedSeq: number }

export const unwritten: Snapshot = { rev: null, state: emptyState, recent: [], archivedSeq: 0 }

/** Archived entries stay in the document for a while: a repeated request mostly repeats a recent one. */
const keptEntries = 32

/** The snapshot after a writing. */
export const follow = (snapshot: Snapshot, { state, entries, archivedSeq }: Writing): WrittenSnapshot => {
  const trimmable = Math.min(archivedSeq, state.seq - keptEntries)
  const recent = [...snapshot.recent, ...entries].filter((entry) => entry.seq > trimmable)
  return { rev: randomUUID(), state, recent, archivedSeq }
}
