import type { Fact } from '../domain/event.ts'
import type { Deps } from '../ports.ts'
import { settleClaim } from './settle-claim.ts'
import { settleInvoice } from './settle-invoice.ts'
import { settlePayment } from './settle-purchase.ts'
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
      return settlePayment(deps, fact.providerPaymentId)
    case 'claim.changed':
      return settleClaim(deps, fact.providerPaymentId)
    case 'subscription.changed':
      return syncSubscription(deps, fact.providerSubscriptionId)
    case 'invoice.paid':
      return settleInvoice(deps, fact)
  }
}

const syncSession = async (deps: Deps, providerSessionId: string): Promise<object | null> => {
  const checkout = await deps.store.checkouts.findBySession(providerSessionId)
  return checkout && syncCheckout(deps, checkout)
}
