import { type Catalog, monthlyAmount, type PlanDefinition, planById } from './catalog.ts'

/** Whether `plan` gives all of `wanted`: it is that plan, contains it, or is a dearer one of its group. */
export const includesPlan = (catalog: Catalog, plan: PlanDefinition, wanted: PlanDefinition): boolean =>
  plan.id === wanted.id || contains(catalog, plan, wanted) || outranks(plan, wanted)

const contains = (catalog: Catalog, plan: PlanDefinition, wanted: PlanDefinition): boolean => {
  const base = plan.everythingIn === null ? null : planById(catalog, plan.everythingIn)
  return base !== null && (base.id === wanted.id || contains(catalog, base, wanted))
}

const outranks = (plan: PlanDefinition, wanted: PlanDefinition): boolean =>
  plan.group === wanted.group && monthlyAmount(wanted) > 0 && monthlyAmount(plan) > monthlyAmount(wanted)
