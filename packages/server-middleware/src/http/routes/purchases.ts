import { readPurchase } from '../../actions/read-purchase.ts'
import { startPurchase } from '../../actions/start-purchase.ts'
import { defineRoute } from '../define-route.ts'
import { evidenceOf } from '../evidence-of.ts'
import { purchase, purchaseQuery, purchaseRequest, startedPurchase } from '../schemas/purchases.ts'
import { toPurchase, toStartedPurchase } from '../views/purchase.ts'

export const startPurchaseRoute = defineRoute({
  name: 'startPurchase',
  asks: 'session-or-service',
  body: purchaseRequest,
  reply: startedPurchase,
  problems: ['email_required', 'provider_refused', 'provider_unavailable'],
  keyed: 'answers',
  limited: true,
  async run({ deps, context, req, identity, body }) {
    const { packId = null, quantity = 1 } = body
    const evidence = await evidenceOf(context, req)
    return toStartedPurchase(deps, await startPurchase(deps, { identity, packId, quantity, evidence }))
  },
})

export const getPurchaseRoute = defineRoute({
  name: 'getPurchase',
  asks: 'session-or-service',
  query: purchaseQuery,
  reply: purchase,
  problems: ['not_found', 'provider_unavailable'],
  async run({ deps, req, identity }) {
    const paymentId = String(req.params.paymentId)
    return toPurchase(deps, await readPurchase(deps, { accountId: identity.accountId, paymentId }))
  },
})
