export interface Portion {
  /** The whole, of which a part goes back. */
  readonly of: number
  /** What went back before. */
  readonly before: number
  readonly amount: number
}

/** What remains of something that goes back in proportion: never more than is left of it, and all of it in the end. */
export const share = (
  { amount: whole, amount_refunded: used }: { readonly amount: number; readonly amount_refunded: number },
  { of, before, amount }: Portion,
): number => {
  const part = Math.round((whole * (before + amount)) / of) - Math.round((whole * before) / of)
  return Math.max(0, Math.min(part, whole - used))
}
