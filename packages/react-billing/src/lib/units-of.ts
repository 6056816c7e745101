import type { Pack } from '@paywright/contract'

/** What a pack, or a purchase of it, brings, as people count. */
export const unitsOf = ({ usesPurchased, scale }: Pick<Pack, 'usesPurchased' | 'scale'>): number =>
  usesPurchased / scale
