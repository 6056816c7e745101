import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { ConnectTerms } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'
import { agreedTerms, invoiceTermsOf, sharedPayment, subscriptionTerms } from '../connect/subscription-terms.ts'
import { checkTerms, noTerms, refuseDisabled } from '../connect/terms.ts'
import type { SessionInput } from './session-input.ts'

/** How a session's payment is shared with connected accounts. */
export const sessionTerms = (session: CheckoutSession): ConnectTerms => {
  const amount = session.amount_total ?? 0
  if (session.mode === 'subscription') {
    const terms = agreedTerms(session.$subscriptionData ?? {})
    return sharedPayment(invoiceTermsOf(terms), terms.on_behalf_of, amount)
  }
  const data = session.$paymentIntentData ?? {}
  return {
    ...noTerms,
    ...(data.application_fee_amount === undefined ? {} : { application_fee_amount: data.application_fee_amount }),
    ...(data.on_behalf_of === undefined ? {} : { on_behalf_of: data.on_behalf_of }),
    ...(data.transfer_data === undefined ? {} : { transfer_data: data.transfer_data }),
    ...(data.transfer_group === undefined ? {} : { transfer_group: data.transfer_group }),
  }
}

/** Refuses a session whose payment could not be shared as it says. */
export const checkSessionTerms = (world: World, input: SessionInput, amount: number): void => {
  refuseDisabled(world)
  if (input.subscription_data) {
    subscriptionTerms(world, { input: input.subscription_data, within: 'subscription_data' })
  }
  if (!input.payment_intent_data) return
  const { application_fee_amount = null, on_behalf_of = null, transfer_data = null } = input.payment_intent_data
  const terms = { ...noTerms, application_fee_amount, on_behalf_of, transfer_data }
  checkTerms(world, { terms, amount, within: 'payment_intent_data' })
}
