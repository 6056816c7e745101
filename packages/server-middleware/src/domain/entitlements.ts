import type { Catalog, PlanDefinition } from './catalog.ts'
import { featuresOf } from './catalog.ts'

/** What an account may use: the features of its plan and of those it contains, and the limits to count against. */
export type Entitlements = { features: readonly string[]; limits: Readonly<Record<string, number | null>> }

export const entitlementsOf = (catalog: Catalog, plan: PlanDefinition): Entitlements => ({
  features: [...new Set(featuresOf(catalog, plan))],
  limits: plan.limits,
})

/** Whether one more fits: a limit that the plan doesn't name allows none, null allows any number. */
export const isWithinLimit = (entitlements: Entitlements, limit: string, count: number): boolean => {
  const allowed = entitlements.limits[limit]
  return allowed === null || (allowed !== undefined && count < allowed)
}
