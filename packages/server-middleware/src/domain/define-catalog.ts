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
 * Credits that come with every paid month of a plan: `perMonth` for each unit of its first item, so each seat of a plan
 * that is sold by the seat. A year brings twelve months of them, one after the other. They expire with their month unless
 * `rollover` says that what is left goes on: for so many `months` (null: for good), `upTo` so many of each grant (all).
 * A free trial brings `inTrial` (0), which expire with it.
 */
export type PlanCreditsInput = {
  perMonth: number
  inTrial?: number
  rollover?: { months: number | null; upTo?: number }
}

export type PlanInput<PlanId extends string = string> = {
  name: string
  promise?: string
  group?: string
  month?: PricingInput
  year?: PricingInput
  features?: readonly string[]
  limits?: Readonly<Record<string, number | null>>
  credits?: PlanCreditsInput
  trialDays?: number
  everythingIn?: NoInfer<PlanId>
  recommended?: boolean
  contactUrl?: string
}

export type PackInput<PlanId extends string = string> = {
  name: string
  credits: number
  amountMinor: MinorAmount
  unlocksPlan?: NoInfer<PlanId>
}

export type CatalogInput<PlanId extends string, PackId extends string> = {
  currency: Currency
  unit?: string
  freeUses?: number
  freePlan: NoInfer<PlanId>
  plans: Readonly<Record<PlanId, PlanInput<PlanId>>>
  packs: Readonly<Record<PackId, PackInput<PlanId>>>
  labelling?: Labelling
  legal?: { termsUrl?: string; privacyUrl?: string }
}

/**
 * What is for sale, in code, with its ids inferred. Amounts are integers in minor units of `currency`.
 *
 * @throws RangeError when an amount isn't a non-negative integer, a pack or a plan's `credits` grant nothing, two items
 * share a price key, or a plan refers to one that doesn't exist or to itself.
 * @example
 * defineCatalog({
 *   currency: 'usd', freePlan: 'free',
 *   plans: { free: { name: 'Free' }, starter: { name: 'Starter', month: 2900, year: 29000 } },
 *   packs: { uses20: { name: '20 uses', credits: 20, amountMinor: 500 } },
 * })
 */
export const defineCatalog = <const PlanId extends string, const PackId extends string>(
  input: CatalogInput<PlanId, PackId>,
): Catalog<PlanId, PackId> => {
  const catalog: Catalog<PlanId, PackId> = {
    currency: input.currency.toLowerCase(),
    unit: input.unit ?? 'uses',
    freeUses: input.freeUses ?? 0,
    freePlan: input.freePlan,
    plans: mapRecord(input.plans, toPlan),
    packs: mapRecord(input.packs, toPack),
    labelling: input.labelling ?? {},
    legal: input.legal ?? {},
  }
  refuseUnsound(catalog)
  return catalog
}

const mapRecord = <Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  map: (id: Key, from: From) => To,
) =>
  Object.fromEntries((Object.entries(record) as [Key, From][]).map(([id, from]) => [id, map(id, from)])) as Record<
    Key,
    To
  >

const toPlan = (id: string, { credits, trialDays = 0, ...input }: PlanInput): PlanDefinition => ({
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
  credits: toPlanCredits(credits),
  trialDays,
  everythingIn: input.everythingIn ?? null,
  recommended: input.recommended ?? false,
  contactUrl: input.contactUrl ?? null,
})

const toPlanCredits = (input: PlanCreditsInput | undefined): PlanCredits | null => {
  if (input === undefined) return null
  const { perMonth, inTrial = 0, rollover } = input
  return { perMonth, inTrial, rollover: rollover ? { upTo: null, ...rollover } : null }
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

const toPack = (id: string, input: PackInput): PackDefinition => ({
  id,
  name: input.name,
  credits: input.credits,
  amountMinor: input.amountMinor,
  unlocksPlan: input.unlocksPlan ?? null,
})
