import {
  type Catalog,
  type PlanCredits,
  type PlanDefinition,
  type PlanItem,
  planById,
  type Tier,
  unitByName,
} from './catalog.ts'
import { minimumOf } from './money.ts'

/** @throws RangeError for a catalog that could not be sold from, naming the first thing that is wrong with it. */
export const refuseUnsound = (catalog: Catalog): void => {
  refuseBrokenUnits(catalog)
  refuseBrokenNumbers(catalog)
  refuseSharedPriceKeys(catalog)
  refuseUnknownPlans(catalog)
  for (const plan of Object.values(catalog.plans)) refuseCircle(catalog, plan)
}

const itemsOf = (plan: PlanDefinition): readonly PlanItem[] =>
  Object.values(plan.prices).flatMap((pricing) => pricing.items)

/** A name is part of its books' ids. */
const unitName = /^[a-z][a-z0-9_-]*$/i

const refuseBrokenUnits = (catalog: Catalog): void => {
  for (const { name, scale, freeUses } of Object.values(catalog.units)) {
    if (!unitName.test(name)) {
      throw new RangeError(`A unit cannot be called "${name}": a letter, then letters, digits, _ and -.`)
    }
    requirePositive(scale, `The scale of ${name}`)
    requireWhole(freeUses, `freeUses of ${name}`)
  }
  const named = [
    ...Object.values(catalog.plans).map(({ id, credits }) => [`credits of plan ${id}`, credits?.unit] as const),
    ...Object.values(catalog.packs).map(({ id, unit }) => [`pack ${id}`, unit] as const),
  ]
  const unknown = named.find(([, unit]) => unit !== undefined && !unitByName(catalog, unit))
  if (!unknown) return
  const known = Object.keys(catalog.units).join(', ')
  throw new RangeError(`The unit of ${unknown[0]} is ${unknown[1]}, and this catalog counts ${known}.`)
}

const refuseBrokenNumbers = (catalog: Catalog): void => {
  for (const plan of Object.values(catalog.plans)) {
    requireWhole(plan.trialDays, `trialDays of plan ${plan.id}`)
    for (const item of itemsOf(plan)) requireWholeAmounts(item)
    if (plan.credits) requireGrantable(plan, plan.credits)
  }
  for (const pack of Object.values(catalog.packs)) {
    requireWhole(pack.amountMinor, `The amount of pack ${pack.id}`)
    requirePayable(pack.amountMinor, `Pack ${pack.id}`, catalog.currency)
    requireWhole(pack.credits, `Credits of pack ${pack.id}`)
    if (pack.credits === 0) throw new RangeError(`Pack ${pack.id} grants nothing.`)
  }
}

const requireGrantable = (plan: PlanDefinition, { perMonth, inTrial, rollover }: PlanCredits): void => {
  const what = `credits of plan ${plan.id}`
  requirePositive(perMonth, `perMonth in ${what}`)
  requireWhole(inTrial, `inTrial in ${what}`)
  if (rollover && rollover.months !== null) requirePositive(rollover.months, `rollover.months in ${what}`)
  if (rollover && rollover.upTo !== null) requirePositive(rollover.upTo, `rollover.upTo in ${what}`)
  if (inTrial > 0 && plan.trialDays === 0) throw new RangeError(`The ${what} have inTrial, and it has no trialDays.`)
  const firsts = Object.values(plan.prices).map(({ items }) => items[0])
  if (firsts.length === 0) throw new RangeError(`The ${what} come with paid invoices, and it has no price.`)
  if (firsts.some((item) => item?.kind === 'metered')) {
    throw new RangeError(`The ${what} follow its first item, which is billed ahead: put the metered one behind it.`)
  }
}

const requirePayable = (amountMinor: number, what: string, currency: string): void => {
  const least = minimumOf(currency) ?? 1
  if (amountMinor >= least) return
  throw new RangeError(
    `${what} must cost something that can be paid: at least ${least} (${currency}), not ${amountMinor}.`,
  )
}

const requireWholeAmounts = (item: PlanItem): void => {
  if (item.kind === 'tiered') requireTiers(item.priceKey, item.tiers)
  else requireWhole(item.amountMinor, `The amount of ${item.priceKey}`)
}

const requireTiers = (priceKey: string, tiers: readonly Tier[]): void => {
  for (const { unitAmountMinor, flatAmountMinor = 0 } of tiers) {
    requireWhole(unitAmountMinor, `A unit amount of ${priceKey}`)
    requireWhole(flatAmountMinor, `A flat amount of ${priceKey}`)
  }
  if (tiers.findIndex(({ upTo }) => upTo === null) !== tiers.length - 1) {
    throw new RangeError(`The last tier of ${priceKey}, and no other, must have upTo: null.`)
  }
}

const requireWhole = (value: number, what: string): void => {
  if (Number.isSafeInteger(value) && value >= 0) return
  throw new RangeError(`${what} must be a whole number of at least 0, not ${value}.`)
}

const requirePositive = (value: number, what: string): void => {
  requireWhole(value, what)
  if (value === 0) throw new RangeError(`${what} must be at least 1.`)
}

const refuseSharedPriceKeys = (catalog: Catalog): void => {
  const keys = Object.values(catalog.plans).flatMap((plan) => itemsOf(plan).map((item) => item.priceKey))
  const shared = keys.find((key, index) => keys.indexOf(key) !== index)
  if (shared) throw new RangeError(`Two items share the price key ${shared}: give one of them a priceKey of its own.`)
}

const refuseUnknownPlans = (catalog: Catalog): void => {
  const named = [
    ['freePlan', catalog.freePlan],
    ...Object.values(catalog.plans).map(({ id, everythingIn }) => [`everythingIn of plan ${id}`, everythingIn]),
    ...Object.values(catalog.packs).map(({ id, unlocksPlan }) => [`unlocksPlan of pack ${id}`, unlocksPlan]),
  ] as const
  const unknown = named.find(([, planId]) => planId && !planById(catalog, planId))
  if (unknown) throw new RangeError(`${unknown[0]} is ${unknown[1]}, and there is no such plan.`)
}

const refuseCircle = (catalog: Catalog, start: PlanDefinition): void => {
  let { everythingIn } = start
  for (let depth = 0; everythingIn; depth += 1) {
    if (depth > Object.keys(catalog.plans).length)
      throw new RangeError(`Plan ${start.id} contains itself by everythingIn.`)
    everythingIn = planById(catalog, everythingIn)?.everythingIn ?? null
  }
}
