import type { RequestHandler } from 'express'
import { BillingError } from '../../domain/errors.ts'
import type { HttpContext } from '../context.ts'
import { statusGuard } from './guard.ts'

/** Lets accounts through whose subscription gives access: active, trialing, or past due within its grace. */
export const requireSubscription = (context: HttpContext): RequestHandler =>
  statusGuard(context, ({ access, subscription }) => {
    if (access) return
    throw new BillingError(
      'subscription_required',
      subscription
        ? `This needs a subscription, and yours is ${subscription.status.replaceAll('_', ' ')}.`
        : 'This needs a subscription. Choose a plan to go on.',
    )
  })
