import type { Credits } from '@paywright/contract'

/** What a meter needs to know; `scale` of these numbers are one that it shows. */
export type MeteredCredits = Pick<
  Credits,
  'available' | 'free' | 'promotional' | 'plan' | 'paid' | 'debt' | 'grants' | 'nextExpiryAt'
> & { scale?: number }

export type MeterLevel = 'ok' | 'low' | 'empty'

const kinds = ['free', 'promotional', 'plan', 'paid'] as const

/** The numbers that people see. */
export const inUnits = ({ scale = 1, ...credits }: MeteredCredits): MeteredCredits => ({
  ...credits,
  available: credits.available / scale,
  free: credits.free / scale,
  promotional: credits.promotional / scale,
  plan: credits.plan / scale,
  paid: credits.paid / scale,
  debt: credits.debt / scale,
  grants: credits.grants.map((grant) => ({ ...grant, amount: grant.amount / scale })),
})

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

/** One segment of the bar. */
export type MeterPart = { kind: (typeof kinds)[number]; credits: number; fromPercent: number; toPercent: number }

/** The bar's segments in the order in which they are spent, those without credits left out. */
export const partsOf = (credits: MeteredCredits): MeterPart[] => {
  const percent = 100 / capacityOf(credits)
  let before = 0
  return kinds
    .map((kind) => {
      const fromPercent = before * percent
      before += credits[kind]
      return { kind, credits: credits[kind], fromPercent, toPercent: before * percent }
    })
    .filter((part) => part.credits > 0)
}
