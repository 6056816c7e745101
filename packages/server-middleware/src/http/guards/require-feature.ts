import type { RequestHandler } from 'express'
import { cheapestPlanWith, featuresOf } from '../../domain/catalog.ts'
import { BillingError } from '../../domain/errors.ts'
import type { HttpContext } from '../context.ts'
import { statusGuard } from './guard.ts'

/** Lets accounts through whose plan has the feature. */
export const requireFeature = (context: HttpContext, feature: string): RequestHandler => {
  const { catalog } = context.deps
  return statusGuard(context, ({ plan, entitlements }) => {
    if (entitlements.features.includes(feature)) return
    const helping = cheapestPlanWith(catalog, (each) => featuresOf(catalog, each).includes(feature))
    throw new BillingError('feature_required', `${plan.name} does not include ${feature}.`, {
      details: { feature, planId: helping?.id ?? null },
    })
  })
}
