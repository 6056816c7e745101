import type { Price, Tier } from './objects/catalog.ts'

const places = 12

/** A decimal amount of money as a whole number of 10⁻¹² of the smallest unit: no fraction of a cent is lost. */
const exact = (decimal: string | null): bigint => {
  const [whole = '0', fraction = ''] = (decimal ?? '0').split('.')
  return BigInt(`${whole}${fraction.slice(0, places).padEnd(places, '0')}`)
}

const rounded = (amount: bigint): number => {
  const unit = 10n ** BigInt(places)
  return Number((2n * amount + unit) / (2n * unit))
}

const tierCost = (tier: Tier, units: number): bigint =>
  exact(tier.unit_amount_decimal) * BigInt(units) + exact(tier.flat_amount_decimal)

const volume = (tiers: readonly Tier[], quantity: number): bigint => {
  const tier = tiers.find(({ up_to }) => up_to === null || quantity <= up_to)
  return tier ? tierCost(tier, quantity) : 0n
}

/** Each tier bills what falls into it; the first one's flat fee is due even without any use. */
const graduated = (tiers: readonly Tier[], quantity: number): bigint => {
  const costs = tiers.map((tier, index) => {
    const floor = tiers[index - 1]?.up_to ?? 0
    const units = Math.min(quantity, tier.up_to ?? quantity) - floor
    return units > 0 || index === 0 ? tierCost(tier, Math.max(0, units)) : 0n
  })
  return costs.reduce((sum, cost) => sum + cost, 0n)
}

const packages = ({ transform_quantity: transform }: Price, quantity: number): number => {
  if (!transform) return quantity
  const share = quantity / transform.divide_by
  return transform.round === 'up' ? Math.ceil(share) : Math.floor(share)
}

/** What a quantity costs at a decimal amount each, which may be a credit. Halves go away from zero. */
export const amountAt = (each: string, quantity: number): number => {
  const size = rounded(exact(each.replace('-', '')) * BigInt(quantity))
  return each.startsWith('-') && size !== 0 ? -size : size
}

/** What a quantity costs, in the smallest unit. Halves go up. */
export const amountFor = (price: Price, quantity: number): number => {
  const { $tiers: tiers } = price
  if (tiers === undefined) return rounded(exact(price.unit_amount_decimal) * BigInt(packages(price, quantity)))
  return rounded(price.tiers_mode === 'volume' ? volume(tiers, quantity) : graduated(tiers, quantity))
}

export const isMetered = (price: Pick<Price, 'recurring'>): boolean => price.recurring?.usage_type === 'metered'
