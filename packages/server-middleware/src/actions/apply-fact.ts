import type { Fact } from '../domain/event.ts'
import type { Deps } from '../ports/deps.ts'
import { settleClaim } from './settle-claim.ts'
import { settleInvoice } from './settle-invoice.ts'
import { settlePayment } from './settle-purchase.ts'
import { settleTopUp } from './settle-top-up.ts'
import { syncCheckout } from './sync-checkout.ts'
import { syncSubscription } from './sync-subscription.ts'

/**
 * Looks again at what a fact is about; false when that is nothing of ours. Each action fetches the truth, so neither
 * order nor repetition matters.
 */
export const applyFact = async (deps: Deps, fact: Fact): Promise<boolean> => (await lookAgain(deps, fact)) !== null

const lookAgain = (deps: Deps, fact: Fact): Promise<object | null> => {
  switch (fact.type) {
    case 'checkout.changed':
      return syncSession(deps, fact.providerSessionId)
    case 'payment.changed':
      return settleMoney(deps, fact.providerPaymentId)
    case 'claim.changed':
      return settleClaim(deps, fact.providerPaymentId)
    case 'subscription.changed':
      return syncSubscription(deps, fact.providerSubscriptionId)
    case 'invoice.paid':
      return settleInvoice(deps, fact)
  }
}

const settleMoney = async (deps: Deps, providerPaymentId: string): Promise<object | null> => {
  const purchase = await settlePayment(deps, providerPaymentId)
  return purchase?.via === 'top_up' ? settleTopUp(deps, purchase) : purchase
}

const syncSession = async (deps: Deps, providerSessionId: string): Promise<object | null> => {
  const checkout = await deps.store.checkouts.findBySession(providerSessionId)
  return checkout && syncCheckout(deps, checkout)
}
