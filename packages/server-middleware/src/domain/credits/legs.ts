import type { ChartAccount, Grant, GrantPart, Leg } from './state.ts'

export const leg = (account: ChartAccount, grantId: string | null, credits: number): Leg => ({
  account,
  grantId,
  credits,
})

/** Credits of one grant from one part of it to another. */
export const shift = (grantId: string, [from, to]: readonly [GrantPart, GrantPart], credits: number): readonly Leg[] =>
  credits === 0 ? [] : [leg(from, grantId, -credits), leg(to, grantId, credits)]

/** Takes credits out of a part of grants, one grant after the other, as far as they go. */
export const sliceUp = (
  grants: readonly Grant[],
  part: GrantPart,
  credits: number,
): readonly { grantId: string; credits: number }[] => {
  const slices: { grantId: string; credits: number }[] = []
  let missing = credits
  for (const { id, parts } of grants) {
    const slice = Math.min(parts[part], missing)
    if (slice > 0) slices.push({ grantId: id, credits: slice })
    missing -= slice
  }
  return slices
}

export const sumOf = (slices: readonly { credits: number }[]): number =>
  slices.reduce((sum, { credits }) => sum + credits, 0)

/** The same movement with each account once; what comes to nothing is left out. */
export const netted = (legs: readonly Leg[]): readonly Leg[] => {
  const sums = new Map<string, Leg>()
  for (const each of legs) {
    const place = `${each.account} ${each.grantId}`
    sums.set(place, { ...each, credits: (sums.get(place)?.credits ?? 0) + each.credits })
  }
  return [...sums.values()].filter(({ credits }) => credits !== 0)
}
