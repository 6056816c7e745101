import type { Currency, Interval, MinorAmount } from '@paywright/contract'

/** One price tier: up to and including `upTo` units (null: all the rest). */
export type Tier = { upTo: number | null; unitAmountMinor: MinorAmount; flatAmountMinor?: MinorAmount }

/**
 * What a plan bills for one interval. Most have one flat item. `priceKey` names the price at the provider,
 * `providerPriceId` pins it; `formerPriceIds` are prices that accounts may still pay.
 */
export type PlanItem = { priceKey: string; providerPriceId?: string; formerPriceIds: readonly string[] } & (
  | { kind: 'flat'; amountMinor: MinorAmount }
  | { kind: 'seat'; amountMinor: MinorAmount }
  | { kind: 'tiered'; mode: 'graduated' | 'volume'; tiers: readonly Tier[] }
  | { kind: 'metered'; meter: string; amountMinor: MinorAmount }
)

export type PlanPricing = { amountMinor: MinorAmount; items: readonly PlanItem[] }

/**
 * Something that credits are counted in; every account has a book of its own for each. Books, prices and requests count in
 * whole numbers, of which `scale` make one unit that people see: with 1000, 1500 of them are 1.5 tokens.
 */
export type UnitDefinition = {
  name: string
  scale: number
  /** What every account's book begins with. */
  freeUses: number
}

/**
 * Credits that a plan brings with every month that is paid for, for each unit of its first item: each seat of a plan that
 * is sold by the seat. They expire with their month. With `rollover`, what is left of them goes on for some months more
 * (null: for good), `upTo` so many of each grant (null: all).
 */
export type PlanCredits = {
  unit: string
  perMonth: number
  /** What a free trial brings, once, for as long as it lasts. */
  inTrial: number
  rollover: { upTo: number | null; months: number | null } | null
}

export type PlanDefinition = {
  id: string
  name: string
  promise: string
  /** An account has at most one live subscription in a group. */
  group: string
  prices: { readonly [I in Interval]?: PlanPricing }
  features: readonly string[]
  /** What the host may count against; null is unlimited. */
  limits: Readonly<Record<string, number | null>>
  credits: PlanCredits | null
  trialDays: number
  everythingIn: string | null
  recommended: boolean
  /** Where to ask for a plan that isn't sold online. */
  contactUrl: string | null
}

export type PackDefinition = {
  id: string
  name: string
  unit: string
  credits: number
  amountMinor: MinorAmount
  /** A plan that buying this once unlocks for good. */
  unlocksPlan: string | null
}

/** How payments and invoices are labelled. */
export type Labelling = {
  statementDescriptor?: string
  invoiceFooter?: string
  invoiceFields?: readonly { name: string; value: string }[]
}

export type Catalog<PlanId extends string = string, PackId extends string = string, Unit extends string = string> = {
  currency: Currency
  /** What is counted where nobody names a unit. */
  unit: Unit
  /** All that is counted in, the default unit first. */
  units: Readonly<Record<Unit, UnitDefinition>>
  /** The plan of accounts without a subscription. */
  freePlan: PlanId
  plans: Readonly<Record<PlanId, PlanDefinition>>
  packs: Readonly<Record<PackId, PackDefinition>>
  labelling: Labelling
  legal: { termsUrl?: string; privacyUrl?: string }
}

export const planById = (catalog: Catalog, planId: string): PlanDefinition | null =>
  Object.hasOwn(catalog.plans, planId) ? (catalog.plans[planId] ?? null) : null

export const packById = (catalog: Catalog, packId: string): PackDefinition | null =>
  Object.hasOwn(catalog.packs, packId) ? (catalog.packs[packId] ?? null) : null

export const unitByName = (catalog: Catalog, name: string): UnitDefinition | null =>
  Object.hasOwn(catalog.units, name) ? (catalog.units[name] ?? null) : null

/** How many of a book's whole numbers make one unit; a unit that the catalog no longer has is shown as it is kept. */
export const scaleOf = (catalog: Catalog, unit: string): number => unitByName(catalog, unit)?.scale ?? 1

export const freeUsesOf = (catalog: Catalog, unit: string): number => unitByName(catalog, unit)?.freeUses ?? 0

/** The packs that bring credits of this unit. */
export const packsIn = (catalog: Catalog, unit: string): readonly PackDefinition[] =>
  Object.values(catalog.packs).filter((pack) => pack.unit === unit)

/** The only pack when there is one, else null: a buyer of several must say which. */
export const onlyPack = (catalog: Catalog): PackDefinition | null => {
  const packs = Object.values(catalog.packs)
  return packs.length === 1 ? (packs[0] ?? null) : null
}

/** A price as the provider's subscription names it. */
export type PriceReference = { providerPriceId: string; priceKey: string | null }

/** What a price is the price of. */
export type PricedItem = { plan: PlanDefinition; interval: Interval; item: PlanItem; isFirst: boolean }

/** Which item, plan and interval a price belongs to, former prices included; null for a price that nobody knows. */
export const planOf = (catalog: Catalog, price: PriceReference): PricedItem | null =>
  pricedItemsOf(catalog).find(({ item }) => isPriced(item, price)) ?? null

const pricedItemsOf = ({ plans }: Catalog): readonly PricedItem[] =>
  Object.values(plans).flatMap((plan) =>
    intervals.flatMap((interval) => {
      const items = plan.prices[interval]?.items ?? []
      return items.map((item, index) => ({ plan, interval, item, isFirst: index === 0 }))
    }),
  )

const intervals = ['month', 'year'] as const

const isPriced = (item: PlanItem, price: PriceReference): boolean =>
  item.providerPriceId === price.providerPriceId ||
  item.formerPriceIds.includes(price.providerPriceId) ||
  (price.priceKey !== null && item.priceKey === price.priceKey)

/** The yearly price of one period, and what it saves against twelve monthly ones (0 when nothing). */
export const yearlySaving = (plan: PlanDefinition): MinorAmount => {
  const { month, year } = plan.prices
  return month && year ? Math.max(0, month.amountMinor * 12 - year.amountMinor) : 0
}

/** What a plan costs a month, to compare plans by. */
export const monthlyAmount = ({ prices }: PlanDefinition): number =>
  prices.month?.amountMinor ?? (prices.year?.amountMinor ?? 0) / 12

/** The cheapest plan that satisfies `wanted`, for a refusal that says what would help. */
export const cheapestPlanWith = (
  catalog: Catalog,
  wanted: (plan: PlanDefinition) => boolean,
): PlanDefinition | null => {
  const matching = Object.values(catalog.plans).filter(wanted)
  return matching.toSorted((a, b) => monthlyAmount(a) - monthlyAmount(b))[0] ?? null
}

/** The name of the plan whose features `plan` contains, and all features of that chain. */
export const featuresOf = (catalog: Catalog, plan: PlanDefinition): readonly string[] => {
  const base = plan.everythingIn === null ? null : planById(catalog, plan.everythingIn)
  return base ? [...featuresOf(catalog, base), ...plan.features] : plan.features
}
