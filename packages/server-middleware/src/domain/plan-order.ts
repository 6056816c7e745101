import { type Catalog, monthlyAmount, type PlanDefinition, planById } from './catalog.ts'

/** Whether `plan` gives all of `wanted`: that is free for all, it is that plan, contains it, or costs more in its group. */
export const includesPlan = (catalog: Catalog, plan: PlanDefinition, wanted: PlanDefinition): boolean =>
  wanted.id === catalog.freePlan || plan.id === wanted.id || contains(catalog, plan, wanted) || outranks(plan, wanted)

const contains = (catalog: Catalog, plan: PlanDefinition, wanted: PlanDefinition): boolean => {
  const base = plan.everythingIn === null ? null : planById(catalog, plan.everythingIn)
  return base !== null && (base.id === wanted.id || contains(catalog, base, wanted))
}

/** A plan without a price (one to ask for) is outranked by none. */
const outranks = (plan: PlanDefinition, wanted: PlanDefinition): boolean =>
  plan.group === wanted.group && monthlyAmount(wanted) > 0 && monthlyAmount(plan) > monthlyAmount(wanted)
