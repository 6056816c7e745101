import type { AdjustableQuantity } from '../../domain/objects/checkout-parts.ts'

/** Within which bounds a buyer may change how many they take. */
export const adjustable = (given: Partial<AdjustableQuantity> | undefined): AdjustableQuantity | null =>
  given ? { enabled: false, maximum: given.enabled ? 99 : null, minimum: given.enabled ? 0 : null, ...given } : null
