import type { Credits, GrantKind } from '@paywright/contract'

/** What a meter needs to know. */
export type MeteredCredits = Pick<
  Credits,
  'available' | 'free' | 'promotional' | 'plan' | 'paid' | 'debt' | 'grants' | 'nextExpiryAt'
>

export type MeterLevel = 'ok' | 'low' | 'empty'

const kinds = ['free', 'promotional', 'plan', 'paid'] as const satisfies readonly GrantKind[]

/** How many credits there were to begin with, of those grants that still have some. */
export const capacityOf = (credits: MeteredCredits): number =>
  Math.max(
    credits.grants.reduce((sum, { amount }) => sum + amount, 0),
    kinds.reduce((sum, kind) => sum + credits[kind], 0),
  )

const lowShare = 0.15

/** `lowAt` credits and fewer are low; without it, the last 15 %. */
export const levelOf = (credits: MeteredCredits, lowAt?: number): MeterLevel => {
  if (credits.available <= 0) return 'empty'
  return credits.available <= (lowAt ?? Math.ceil(capacityOf(credits) * lowShare)) ? 'low' : 'ok'
}

export type MeterPart = { kind: GrantKind; credits: number; startPercent: number; widthPercent: number }

/** The bar's segments in the order in which they are spent, those without credits left out. */
export const partsOf = (credits: MeteredCredits): MeterPart[] => {
  const capacity = capacityOf(credits)
  const parts: MeterPart[] = []
  let before = 0
  for (const kind of kinds) {
    const share = { startPercent: (before / capacity) * 100, widthPercent: (credits[kind] / capacity) * 100 }
    if (credits[kind] > 0) parts.push({ kind, credits: credits[kind], ...share })
    before += credits[kind]
  }
  return parts
}
