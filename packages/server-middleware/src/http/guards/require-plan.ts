import type { RequestHandler } from 'express'
import { planById } from '../../domain/catalog.ts'
import { BillingError } from '../../domain/errors.ts'
import { includesPlan } from '../../domain/plan-order.ts'
import type { HttpContext } from '../context.ts'
import { statusGuard } from './guard.ts'

/** Lets accounts through that are on this plan, or on one that contains or outranks it. */
export const requirePlan = (context: HttpContext, planId: string): RequestHandler => {
  const { catalog } = context.deps
  const wanted = planById(catalog, planId)
  if (!wanted) throw new BillingError('misconfigured', `requirePlan('${planId}'): the catalog has no such plan.`)
  return statusGuard(context, ({ plan }) => {
    if (includesPlan(catalog, plan, wanted)) return
    throw new BillingError('plan_required', `This is part of ${wanted.name}, and your plan is ${plan.name}.`, {
      details: { planId },
    })
  })
}
