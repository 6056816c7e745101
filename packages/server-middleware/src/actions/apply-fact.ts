import type { Fact } from '../domain/event.ts'
import type { Deps } from '../ports/deps.ts'
import { announceTrialEnd } from './announce-trial-end.ts'
import { recordAttempts } from './record-attempts.ts'
import { settleClaim } from './settle-claim.ts'
import { settleDispute } from './settle-dispute.ts'
import { settleInvoice } from './settle-invoice.ts'
import { settlePayment } from './settle-purchase.ts'
import { settleTopUp } from './settle-top-up.ts'
import { syncCheckout } from './sync-checkout.ts'
import { syncCustomer } from './sync-customer.ts'
import { syncPaymentMethod } from './sync-payment-method.ts'
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
    case 'dispute.changed':
      return settleDispute(deps, fact)
    case 'subscription.changed':
      return syncSubscription(deps, fact.providerSubscriptionId)
    case 'trial.ending':
      return announceTrialEnd(deps, fact.providerSubscriptionId)
    case 'invoice.changed':
    case 'invoice.paid':
    case 'invoice.payment_failed':
    case 'invoice.action_required':
      return settleInvoice(deps, fact)
    case 'customer.changed':
      return syncCustomer(deps, fact.providerCustomerId)
    case 'payment_method.changed':
      return syncPaymentMethod(deps, fact.providerPaymentMethodId)
  }
}

const settleMoney = async (deps: Deps, providerPaymentId: string): Promise<object | null> => {
  const purchase = await settlePayment(deps, providerPaymentId)
  const settled = purchase?.via === 'top_up' ? await settleTopUp(deps, purchase) : purchase
  return (await recordAttempts(deps, providerPaymentId)) ?? settled
}

const syncSession = async (deps: Deps, providerSessionId: string): Promise<object | null> => {
  const checkout = await deps.store.checkouts.findBySession(providerSessionId)
  return checkout && syncCheckout(deps, checkout)
}
