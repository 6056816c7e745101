import type { CheckoutRequest } from '@paywright/contract'
import { type StartCheckoutInput, startCheckout } from '../../actions/start-checkout.ts'
import { defineRoute } from '../define-route.ts'
import { evidenceOf } from '../evidence-of.ts'
import { checkoutRequest, checkoutResponse } from '../schemas/checkout.ts'

export const startCheckoutRoute = defineRoute({
  name: 'startCheckout',
  asks: 'session',
  body: checkoutRequest,
  reply: checkoutResponse,
  problems: [
    'already_subscribed',
    'email_required',
    'promotion_code_invalid',
    'provider_refused',
    'provider_unavailable',
  ],
  keyed: 'answers',
  limited: true,
  run: async ({ deps, context, req, identity, body }) =>
    startCheckout(deps, {
      identity,
      order: orderOf(body),
      returnPath: body.returnPath ?? null,
      promotionCode: body.promotionCode ?? null,
      evidence: await evidenceOf(context, req),
    }),
})

const orderOf = (body: CheckoutRequest): StartCheckoutInput['order'] => {
  const { quantity = 1 } = body
  if ('packId' in body) return { packId: body.packId, quantity }
  return { planId: body.planId, interval: body.interval ?? 'month', quantity }
}
