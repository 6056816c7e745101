import type { Currency, Interval, MinorAmount } from '@paywright/contract'
import type {
  Catalog,
  Labelling,
  PackDefinition,
  PlanCredits,
  PlanDefinition,
  PlanItem,
  PlanPricing,
  Tier,
} from './catalog.ts'
import { refuseUnsound } from './unsound-catalog.ts'

/** An item of a plan; `priceKey` defaults to `<plan>_<monthly|yearly>`, with the item's kind behind it from the second on. */
export type ItemInput = { priceKey?: string; providerPriceId?: string; formerPriceIds?: readonly string[] } & (
  | { kind: 'flat'; amountMinor: MinorAmount }
  | { kind: 'seat'; amountMinor: MinorAmount }
  | { kind: 'tiered'; mode: 'graduated' | 'volume'; tiers: readonly Tier[] }
  | { kind: 'metered'; meter: string; amountMinor: MinorAmount }
)

/** A flat amount in minor units, or the items that the plan bills together. */
export type PricingInput = MinorAmount | readonly ItemInput[]

/**
 * What else credits are counted in. `scale` says how many of the whole numbers that books and requests count in make one
 * unit that people see (1); `freeUses` what every account begins with (0).
 */
export type UnitInput = { scale?: number; freeUses?: number }

/**
 * Credits that come with every paid month of a plan: `perMonth` for each unit of its first item, so each seat of a plan
 * that is sold by the seat, counted in `unit` (the default one). A year brings twelve months of them, one after the other.
 * They expire with their month unless `rollover` says that what is left goes on: for so many `months` (null: for good),
 * `upTo` so many of each grant (all). A free trial brings `inTrial` (0), which expire with it.
 */
export type PlanCreditsInput<Unit extends string = string> = {
  unit?: Unit
  perMonth: number
  inTrial?: number
  rollover?: { months: number | null; upTo?: number }
}

export type PlanInput<PlanId extends string = string, Unit extends string = string> = {
  name: string
  promise?: string
  group?: string
  month?: PricingInput
  year?: PricingInput
  features?: readonly string[]
  limits?: Readonly<Record<string, number | null>>
  credits?: PlanCreditsInput<NoInfer<Unit>>
  trialDays?: number
  everythingIn?: NoInfer<PlanId>
  recommended?: boolean
  contactUrl?: string
}

export type PackInput<PlanId extends string = string, Unit extends string = string> = {
  name: string
  unit?: NoInfer<Unit>
  credits: number
  amountMinor: MinorAmount
  unlocksPlan?: NoInfer<PlanId>
}

export type CatalogInput<
  PlanId extends string,
  PackId extends string,
  DefaultUnit extends string = string,
  OtherUnit extends string = string,
> = {
  currency: Currency
  /** What credits are counted in where nothing else is said: `'uses'`. */
  unit?: DefaultUnit
  /** Of the default unit, for every account to begin with. */
  freeUses?: number
  /** What else they are counted in, and a scale for the default unit if it has one. */
  units?: Readonly<Record<OtherUnit, UnitInput>>
  freePlan: NoInfer<PlanId>
  plans: Readonly<Record<PlanId, PlanInput<PlanId, DefaultUnit | OtherUnit>>>
  packs: Readonly<Record<PackId, PackInput<PlanId, DefaultUnit | OtherUnit>>>
  labelling?: Labelling
  legal?: { termsUrl?: string; privacyUrl?: string }
}

/**
 * What is for sale, in code, with its ids inferred. Amounts are integers in minor units of `currency`.
 *
 * @throws RangeError when an amount isn't a non-negative integer, a pack or a plan's `credits` grant nothing, two items
 * share a price key, a plan refers to one that doesn't exist or to itself, or a unit is misnamed or unknown.
 * @example
 * defineCatalog({
 *   currency: 'usd', freePlan: 'free',
 *   plans: { free: { name: 'Free' }, starter: { name: 'Starter', month: 2900, year: 29000 } },
 *   packs: { uses20: { name: '20 uses', credits: 20, amountMinor: 500 } },
 * })
 */
export const defineCatalog = <
  const PlanId extends string,
  const PackId extends string,
  const DefaultUnit extends string = 'uses',
  const OtherUnit extends string = never,
>(
  input: CatalogInput<PlanId, PackId, DefaultUnit, OtherUnit>,
): Catalog<PlanId, PackId, DefaultUnit | OtherUnit> => {
  const unit: string = input.unit ?? 'uses'
  const catalog: Catalog<PlanId, PackId> = {
    currency: input.currency.toLowerCase(),
    unit,
    units: toUnits(input, unit),
    freePlan: input.freePlan,
    plans: mapRecord(input.plans, (id, plan) => toPlan(id, plan, unit)),
    packs: mapRecord(input.packs, (id, pack) => toPack(id, pack, unit)),
    labelling: input.labelling ?? {},
    legal: input.legal ?? {},
  }
  refuseUnsound(catalog)
  return catalog as Catalog<PlanId, PackId, DefaultUnit | OtherUnit>
}

const mapRecord = <Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  map: (id: Key, from: From) => To,
) =>
  Object.fromEntries((Object.entries(record) as [Key, From][]).map(([id, from]) => [id, map(id, from)])) as Record<
    Key,
    To
  >

type UnitsInput = { freeUses?: number; units?: Readonly<Record<string, UnitInput>> }

const toUnits = ({ freeUses, units = {} }: UnitsInput, defaultUnit: string): Catalog['units'] => {
  if (freeUses !== undefined && units[defaultUnit]?.freeUses !== undefined) {
    throw new RangeError(`freeUses are those of ${defaultUnit}, which has its own in units: say it once.`)
  }
  return mapRecord({ [defaultUnit]: {}, ...units }, (name, unit: UnitInput) => ({
    name,
    scale: unit.scale ?? 1,
    freeUses: unit.freeUses ?? (name === defaultUnit ? (freeUses ?? 0) : 0),
  }))
}

const toPlan = (id: string, { credits, trialDays = 0, ...input }: PlanInput, defaultUnit: string): PlanDefinition => ({
  id,
  name: input.name,
  promise: input.promise ?? '',
  group: input.group ?? 'default',
  prices: {
    ...(input.month === undefined ? {} : { month: toPricing(id, 'month', input.month) }),
    ...(input.year === undefined ? {} : { year: toPricing(id, 'year', input.year) }),
  },
  features: input.features ?? [],
  limits: input.limits ?? {},
  credits: toPlanCredits(credits, defaultUnit),
  trialDays,
  everythingIn: input.everythingIn ?? null,
  recommended: input.recommended ?? false,
  contactUrl: input.contactUrl ?? null,
})

const toPlanCredits = (input: PlanCreditsInput | undefined, defaultUnit: string): PlanCredits | null => {
  if (input === undefined) return null
  const { unit = defaultUnit, perMonth, inTrial = 0, rollover } = input
  return { unit, perMonth, inTrial, rollover: rollover ? { upTo: null, ...rollover } : null }
}

const toPricing = (planId: string, interval: Interval, input: PricingInput): PlanPricing => {
  const items = typeof input === 'number' ? [{ kind: 'flat' as const, amountMinor: input }] : input
  return {
    amountMinor: items.reduce((sum, item) => sum + baseAmount(item), 0),
    items: items.map((item, index) => toItem(defaultKey({ planId, interval, index, kind: item.kind }), item)),
  }
}

/** What an item costs before anything is used. */
const baseAmount = (item: ItemInput): MinorAmount => {
  if (item.kind === 'metered') return 0
  return item.kind === 'tiered' ? (item.tiers[0]?.flatAmountMinor ?? 0) : item.amountMinor
}

const defaultKey = ({
  planId,
  interval,
  index,
  kind,
}: {
  planId: string
  interval: Interval
  index: number
  kind: string
}) => {
  const key = `${planId}_${interval === 'month' ? 'monthly' : 'yearly'}`
  return index === 0 ? key : `${key}_${kind}`
}

const toItem = (key: string, item: ItemInput): PlanItem => ({
  ...item,
  priceKey: item.priceKey ?? key,
  formerPriceIds: item.formerPriceIds ?? [],
})

const toPack = (id: string, input: PackInput, defaultUnit: string): PackDefinition => ({
  id,
  name: input.name,
  unit: input.unit ?? defaultUnit,
  credits: input.credits,
  amountMinor: input.amountMinor,
  unlocksPlan: input.unlocksPlan ?? null,
})
