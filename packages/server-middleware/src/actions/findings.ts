import type { Difference, Mirrored } from '../domain/difference.ts'
import type { Deps } from '../ports/deps.ts'

/** `isMended`: what we hold is now what the provider says. */
export type FoundDifference = Difference & { isMended: boolean }

/** Hears how far a reconciliation has come. */
export type ReconcileListener = {
  seen?: (kind: Mirrored, count: number) => void
  found?: (difference: FoundDifference) => void
}

/** How many were looked at, and how many differences there were. */
export type FoundCounts = { seen: Readonly<Record<Mirrored, number>>; differences: number; mended: number }

export type Findings = {
  seen: (kind: Mirrored, more: number) => void
  found: (difference: Difference, isMended: boolean) => void
  counts: () => FoundCounts
}

export const createFindings = ({ logger }: Deps, listener: ReconcileListener): Findings => {
  const seen = { event: 0, subscription: 0, checkout: 0, purchase: 0 }
  let [differences, mended] = [0, 0]
  return {
    seen(kind, more) {
      seen[kind] += more
      listener.seen?.(kind, seen[kind])
    },
    found(difference, isMended) {
      differences += 1
      if (isMended) mended += 1
      logger.info({ ...difference, isMended }, 'provider_differs')
      listener.found?.({ ...difference, isMended })
    },
    counts: () => ({ seen: { ...seen }, differences, mended }),
  }
}
