import type { Purchase as PurchaseView, StartedPurchase } from '@paywright/contract'
import type { PurchaseStart } from '../../actions/start-purchase.ts'
import { scaleOf } from '../../domain/catalog.ts'
import type { Purchase } from '../../domain/purchase.ts'
import type { Deps } from '../../ports/deps.ts'
import { toSum } from './money.ts'
import { toTimestamp } from './timestamp.ts'

export const toPurchase = (deps: Deps, purchase: Purchase): PurchaseView => ({
  paymentId: purchase.providerPaymentId ?? purchase.id,
  packId: purchase.packId,
  quantity: purchase.quantity,
  unit: purchase.unit,
  scale: scaleOf(deps.catalog, purchase.unit),
  usesPurchased: purchase.credits,
  amountMinor: purchase.amountMinor,
  currency: purchase.currency,
  price: toSum(deps, purchase.amountMinor, purchase.currency),
  status: purchase.status,
  failure: purchase.failure,
  createdAt: toTimestamp(purchase.createdAt),
})

/** The one answer with the payment's secret: the one to whoever started it. */
export const toStartedPurchase = (deps: Deps, { purchase, clientSecret }: PurchaseStart): StartedPurchase => ({
  ...toPurchase(deps, purchase),
  clientSecret,
})
