import type { StripeObject } from './objects/base.ts'

/** What a searchable object remembers of its past, so that searches can lag behind. */
export interface SearchMemory {
  /** When this version was written. */
  readonly $written: number
  /** Older versions that a search may still see, oldest first. */
  readonly $earlier?: readonly StripeObject[]
}

export interface Lag {
  readonly now: number
  readonly seconds: number
}

const writtenAt = (object: StripeObject): number => Number(object.$written ?? 0)

/** The memory of the version that takes an object's place now. */
export const searchMemory = (old: StripeObject | undefined, { now, seconds }: Lag): SearchMemory => {
  if (!old) return { $written: now }
  const { $earlier, ...version } = old
  const known = ($earlier ?? []) as readonly StripeObject[]
  if (old.$written === now) return { $written: now, $earlier: known }
  const versions = [...known, version]
  const oldest = versions.findLastIndex((each) => writtenAt(each) <= now - seconds)
  return { $written: now, $earlier: versions.slice(Math.max(0, oldest)) }
}

/** The version that a search sees; undefined when it is too new to be found at all. */
export const searchableVersion = (object: StripeObject, { now, seconds }: Lag): StripeObject | undefined => {
  const versions = [...((object.$earlier ?? []) as readonly StripeObject[]), object]
  return versions.findLast((version) => writtenAt(version) <= now - seconds)
}
