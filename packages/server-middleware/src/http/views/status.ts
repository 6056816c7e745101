import type { CheckoutOutcome, Status } from '@paywright/contract'
import type { AccountStatus } from '../../actions/read-status.ts'
import { scaleOf } from '../../domain/catalog.ts'
import type { Checkout } from '../../domain/checkout.ts'
import type { Purchase } from '../../domain/purchase.ts'
import type { Deps } from '../../ports/deps.ts'
import { toCredits } from './credits.ts'
import { toDue, toSubscriptionView } from './subscription.ts'
import { toTimestamp } from './timestamp.ts'

export const toStatus = (deps: Deps, status: AccountStatus): Status => ({
  accountId: status.account.accountId,
  plan: { id: status.plan.id, name: status.plan.name },
  subscription: status.subscription && toSubscriptionView(deps, status.subscription, status.access),
  entitlements: { features: [...status.entitlements.features], limits: { ...status.entitlements.limits } },
  credits: toCredits(deps, status.balance),
  due: status.subscription && toDue(deps, status.subscription),
  checkout: status.checkout && toCheckoutOutcome(deps, status.checkout, status.checkoutPurchase),
  asOf: toTimestamp(status.now),
})

const toCheckoutOutcome = ({ catalog }: Deps, checkout: Checkout, purchase: Purchase | null): CheckoutOutcome => ({
  sessionId: checkout.providerSessionId ?? checkout.id,
  status: outcomeOf(checkout, purchase),
  kind: checkout.order.kind,
  planId: checkout.order.kind === 'subscription' ? checkout.order.planId : null,
  packId: checkout.order.kind === 'purchase' ? checkout.order.packId : null,
  usesPurchased: purchase?.credits ?? null,
  unit: purchase?.unit ?? null,
  scale: purchase ? scaleOf(catalog, purchase.unit) : 1,
})

/** A pack is complete when its credits are there; a plan, when it is paid. Until then a delayed payment is under way. */
const outcomeOf = (checkout: Checkout, purchase: Purchase | null): CheckoutOutcome['status'] => {
  if (checkout.status !== 'complete') return checkout.status
  if (purchase?.status === 'canceled') return 'expired'
  const fulfilled = purchase ? purchase.status === 'succeeded' : checkout.paid
  return fulfilled ? 'complete' : 'processing'
}
