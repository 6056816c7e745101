import type { RequestHandler } from 'express'
import type { HttpContext } from '../context.ts'
import { type Cost, chargeCredits } from './charge-credits.ts'
import { type CountInUse, enforceLimit } from './enforce-limit.ts'
import { requireCredits } from './require-credits.ts'
import { requireFeature } from './require-feature.ts'
import { requirePlan } from './require-plan.ts'
import { requireSubscription } from './require-subscription.ts'
import type { UnitOption } from './unit-option.ts'

/** Middleware that refuses, with a problem document; 401 when nobody is signed in. */
export type Guards<PlanId extends string = string, Unit extends string = string> = {
  /** 403 `subscription_required` without access: active, trialing and past due within its grace pass. */
  requireSubscription(): RequestHandler
  /** 403 `plan_required` on a lesser plan. */
  requirePlan(planId: PlanId): RequestHandler
  /** 403 `feature_required`, with the cheapest plan that has it. */
  requireFeature(feature: string): RequestHandler
  /** 403 `plan_limit_reached` when `countInUse` gives as many as the plan allows. */
  enforceLimit(limit: string, countInUse: CountInUse): RequestHandler
  /** 402 `insufficient_credits`, with the packs that would help. Takes nothing. */
  requireCredits(credits: number, option?: UnitOption<Unit>): RequestHandler
  /** Takes the credits or answers 402; the charge, of several guards the last one's, is on `res.locals.billing`. */
  chargeCredits(cost: Cost, option?: UnitOption<Unit>): RequestHandler
}

export const createGuards = <PlanId extends string = string, Unit extends string = string>(
  context: HttpContext,
): Guards<PlanId, Unit> => ({
  requireSubscription: () => requireSubscription(context),
  requirePlan: (planId) => requirePlan(context, planId),
  requireFeature: (feature) => requireFeature(context, feature),
  enforceLimit: (limit, countInUse) => enforceLimit(context, { limit, countInUse }),
  requireCredits: (credits, option) => requireCredits(context, { ...option, credits }),
  chargeCredits: (cost, option) => chargeCredits(context, { ...option, cost }),
})
