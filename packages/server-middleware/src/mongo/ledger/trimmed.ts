import type { BookEntry } from '../../domain/credits/entry.ts'
import { keyTime } from '../../domain/credits/key-time.ts'

/**
 * Which keys may have left a book's document for the archive: those without a time, those as old as `floor` or older,
 * and those from `ceiling` on. Keys between the two never left, and need no look.
 */
export type Trimmed = { floor: number; ceiling: number | null }

export const nothingTrimmed: Trimmed = { floor: 0, ceiling: null }

const aheadMilliseconds = 5 * 60_000

/** A key from a far future would lift the floor over everything to come: it lowers the ceiling instead. */
export const afterTrimming = ({ floor, ceiling }: Trimmed, { key, at }: BookEntry): Trimmed => {
  const time = keyTime(key)
  if (time === null) return { floor, ceiling }
  return time > at.getTime() + aheadMilliseconds
    ? { floor, ceiling: Math.min(time, ceiling ?? time) }
    : { floor: Math.max(time, floor), ceiling }
}

export const mayBeTrimmed = ({ floor, ceiling }: Trimmed, key: string): boolean => {
  const time = keyTime(key)
  return time === null || time <= floor || (ceiling !== null && time >= ceiling)
}
