import type { Checkout, CheckoutSnapshot } from '../domain/checkout.ts'
import type { Deps } from '../ports/deps.ts'
import { settleInvoice } from './settle-invoice.ts'
import { completePurchase, settlePayment } from './settle-purchase.ts'
import { syncSubscription } from './sync-subscription.ts'

/**
 * Brings a checkout, and what it sold, to where the provider's session is. What it sold comes first, so that a closed
 * checkout always has its subscription or credits. Asks the provider only when what we hold is behind, and one at a time of
 * all in this process.
 */
export const syncCheckout = async (deps: Deps, known: Checkout): Promise<Checkout> => {
  const { providerSessionId } = known
  if (providerSessionId === null || isSettled(known)) return known
  const { checkout, session } = await deps.coalesce(`checkout:${providerSessionId}`, async () => {
    const checkout = (await deps.store.checkouts.findBySession(providerSessionId)) ?? known
    const session = isSettled(checkout) ? null : await deps.provider.findCheckoutSession(providerSessionId)
    return { checkout, session }
  })
  if (!session || session.status === 'open') return checkout
  if (session.status === 'complete') await settleSale(deps, checkout, session)
  else await cancelSale(deps, checkout)
  return deps.store.checkouts.close(checkout.id, {
    status: session.status,
    paid: session.paid,
    providerSubscriptionId: session.providerSubscriptionId,
  })
}

const isSettled = (checkout: Checkout): boolean =>
  checkout.status === 'expired' || (checkout.status === 'complete' && checkout.paid)

const settleSale = async (deps: Deps, checkout: Checkout, session: CheckoutSnapshot): Promise<void> => {
  if (session.providerSubscriptionId) await settlePlan(deps, session, session.providerSubscriptionId)
  if (checkout.order.kind !== 'purchase') return
  if (session.providerPaymentId) await settlePayment(deps, session.providerPaymentId)
  else if (session.paid) await completeForFree(deps, checkout.order.purchaseId)
}

const settlePlan = async (
  deps: Deps,
  { providerInvoiceId }: CheckoutSnapshot,
  providerSubscriptionId: string,
): Promise<void> => {
  if (providerInvoiceId) await settleInvoice(deps, { type: 'invoice.paid', providerInvoiceId, providerSubscriptionId })
  else await syncSubscription(deps, providerSubscriptionId)
}

/** A promotion left nothing to pay: no payment will ever come. */
const completeForFree = async (deps: Deps, purchaseId: string): Promise<void> => {
  const purchase = await deps.store.purchases.find(purchaseId)
  if (purchase && purchase.status !== 'succeeded') await completePurchase(deps, purchase, 0)
}

const cancelSale = async (deps: Deps, { order }: Checkout): Promise<void> => {
  if (order.kind !== 'purchase') return
  const purchase = await deps.store.purchases.find(order.purchaseId)
  if (!purchase) return
  await deps.store.purchases.settle(purchase.id, { status: 'canceled', failure: null, settledAt: deps.clock.now() })
}
