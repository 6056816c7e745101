import type { Interval } from '@paywright/contract'
import { type Catalog, type PackDefinition, type PlanDefinition, type PlanPricing, scaleOf } from './catalog.ts'

/** The free uses, of the default unit, that every account begins with. */
export const withFreeUses = <C extends Catalog>(catalog: C, freeUses: number): C => {
  const { unit, units } = catalog
  return { ...catalog, units: { ...units, [unit]: { name: unit, scale: scaleOf(catalog, unit), freeUses } } }
}

/** Other terms for the catalog's first pack; a catalog without packs stays as it is. */
export const withFirstPack = <C extends Catalog>(
  catalog: C,
  terms: Partial<Pick<PackDefinition, 'credits' | 'amountMinor'>>,
): C => {
  const [first] = Object.values(catalog.packs)
  return first ? { ...catalog, packs: { ...catalog.packs, [first.id]: { ...first, ...terms } } } : catalog
}

export type PriceId = { planId: string; interval: Interval; providerPriceId: string }

/** Pins the first item of a plan's price to one that exists at the provider. */
export const withPriceId = <C extends Catalog>(catalog: C, { planId, interval, providerPriceId }: PriceId): C => {
  const plan: PlanDefinition | undefined = catalog.plans[planId]
  const pricing = plan?.prices[interval]
  if (!plan || !pricing) return catalog
  const pinned = { ...plan, prices: { ...plan.prices, [interval]: pinFirst(pricing, providerPriceId) } }
  return { ...catalog, plans: { ...catalog.plans, [planId]: pinned } }
}

const pinFirst = (pricing: PlanPricing, providerPriceId: string): PlanPricing => ({
  ...pricing,
  items: pricing.items.map((item, index) => (index === 0 ? { ...item, providerPriceId } : item)),
})
