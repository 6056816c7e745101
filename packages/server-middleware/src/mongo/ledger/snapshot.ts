import { randomUUID } from 'node:crypto'
import type { BookEntry } from '../../domain/credits/entry.ts'
import { emptyState, type LedgerState } from '../../domain/credits/state.ts'
import { afterTrimming, nothingTrimmed, type Trimmed } from './trimmed.ts'

/** A book as this process last read or wrote it; `rev` is null while nobody has written in it. */
export type Snapshot = {
  rev: string | null
  state: LedgerState
  /** The newest entries without a gap, oldest first: all that the archive might not have. */
  recent: readonly BookEntry[]
  /** Where in `recent` the entries of one write begin: they stay together, and leave together. */
  chunks: readonly number[]
  archivedSeq: number
  trimmed: Trimmed
  /** Since when, or a little before that, the archive lacks entries; null when it has all. */
  dirtyAt: Date | null
  /** Whose turn it is, when somebody lost too many races and asked for one. */
  turn: string | null
}

export type WrittenSnapshot = Snapshot & { rev: string }

/** What is to be written on a snapshot. */
export type Writing = {
  state: LedgerState
  entries: readonly BookEntry[]
  archivedSeq: number
  /** Whose turn it still is after it. */
  turn: string | null
}

const neverWritten = { trimmed: nothingTrimmed, dirtyAt: null, turn: null } as const

export const unwritten: Snapshot = {
  rev: null,
  state: emptyState,
  recent: [],
  chunks: [],
  archivedSeq: 0,
  ...neverWritten,
}

/** Archived entries stay in the document for a while: a repeated request mostly repeats a recent one. */
const keptEntries = 16

/** The snapshot after a writing. */
export const follow = (snapshot: Snapshot, { state, entries, archivedSeq, turn }: Writing): WrittenSnapshot => {
  const first = entries[0]?.seq
  const chunks = first === undefined ? snapshot.chunks : [...snapshot.chunks, first]
  const start = chunks.findLast((seq) => seq - 1 <= Math.min(archivedSeq, state.seq - keptEntries)) ?? 1
  const leaving = snapshot.recent.filter((entry) => entry.seq < start)
  const recent = [...snapshot.recent.slice(leaving.length), ...entries]
  const oldest = recent.find((entry) => entry.seq > archivedSeq)
  return {
    rev: randomUUID(),
    state,
    recent,
    chunks: chunks.filter((seq) => seq >= start),
    archivedSeq,
    trimmed: leaving.reduce(afterTrimming, snapshot.trimmed),
    dirtyAt: oldest ? dirtySince(snapshot.dirtyAt, oldest.at) : null,
    turn,
  }
}

const slackMilliseconds = 30_000

/** It is indexed, so it moves in strides. */
const dirtySince = (before: Date | null, oldest: Date): Date =>
  before !== null && oldest.getTime() - before.getTime() < slackMilliseconds ? before : oldest
