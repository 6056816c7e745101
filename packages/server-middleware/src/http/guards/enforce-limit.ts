import type { Request, RequestHandler } from 'express'
import { cheapestPlanWith, type PlanDefinition } from '../../domain/catalog.ts'
import { type Entitlements, isWithinLimit } from '../../domain/entitlements.ts'
import { BillingError } from '../../domain/errors.ts'
import type { HttpContext } from '../context.ts'
import { statusGuard } from './guard.ts'

/** How many there are already, from the host's own books. */
export type CountInUse = (req: Request) => number | Promise<number>

export type EnforceLimitInput = { limit: string; countInUse: CountInUse }

/** Lets accounts through that may have one more. */
export const enforceLimit = (context: HttpContext, { limit, countInUse }: EnforceLimitInput): RequestHandler => {
  const { catalog } = context.deps
  return statusGuard(context, async ({ plan, entitlements }, req) => {
    const count = await countInUse(req)
    if (isWithinLimit(entitlements, limit, count)) return
    const allowed = allowedBy(entitlements, limit)
    const helping = cheapestPlanWith(catalog, (each) => isWithinLimit(asEntitlements(each), limit, count))
    throw new BillingError(
      'plan_limit_reached',
      `${plan.name} includes ${allowed} ${limit}, and ${count} are in use.`,
      {
        details: { limit, allowed, planId: helping?.id ?? null },
      },
    )
  })
}

const allowedBy = ({ limits }: Entitlements, limit: string): number => limits[limit] ?? 0

const asEntitlements = ({ features, limits }: PlanDefinition): Entitlements => ({ features, limits })
