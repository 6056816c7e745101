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
  archivedSeq: number
  trimmed: Trimmed
  /** Since when, or a little before that, the archive lacks entries; null when it has all. */
  dirtyAt: Date | null
  /** Whose turn it is, when somebody lost too many races and asked for one. Any write ends it. */
  turn: string | null
}

export type WrittenSnapshot = Snapshot & { rev: string }

/** What is to be written on a snapshot. */
export type Writing = { state: LedgerState; entries: readonly BookEntry[]; archivedSeq: number }

const neverWritten = { trimmed: nothingTrimmed, dirtyAt: null, turn: null } as const

export const unwritten: Snapshot = { rev: null, state: emptyState, recent: [], archivedSeq: 0, ...neverWritten }

/** Archived entries stay in the document for a while: a repeated request mostly repeats a recent one. */
const keptEntries = 32

/** The snapshot after a writing. */
export const follow = (snapshot: Snapshot, { state, entries, archivedSeq }: Writing): WrittenSnapshot => {
  const trimmable = Math.min(archivedSeq, state.seq - keptEntries)
  const all = [...snapshot.recent, ...entries]
  const leaving = all.filter((entry) => entry.seq <= trimmable)
  const recent = leaving.length === 0 ? all : all.slice(leaving.length)
  const trimmed = leaving.reduce(afterTrimming, snapshot.trimmed)
  const oldest = recent.find((entry) => entry.seq > archivedSeq)
  const dirtyAt = oldest ? dirtySince(snapshot.dirtyAt, oldest.at) : null
  return { rev: randomUUID(), state, recent, archivedSeq, trimmed, dirtyAt, turn: null }
}

const slackMilliseconds = 30_000

/** It is indexed, so it moves in strides. */
const dirtySince = (before: Date | null, oldest: Date): Date =>
  before !== null && oldest.getTime() - before.getTime() < slackMilliseconds ? before : oldest
