import type { Status } from '@paywright/contract'
import type { CheckoutReturnState } from '../hooks/useCheckoutReturn.ts'
import { usesAddedText } from '../lib/added-text.ts'
import type { Translate } from '../lib/messages.ts'

/** What came of it, in a sentence; empty when there is nothing to say. */
export const returnText = (t: Translate, outcome: CheckoutReturnState): string => {
  switch (outcome.state) {
    case 'subscribed':
      return subscribedText(t, outcome.status)
    case 'purchased':
      return usesAddedText(t, outcome.usesPurchased, outcome.usesLeft)
    case 'refused':
      return outcome.purchase.failure?.message ?? t('paymentFailed')
    case 'checking':
      return t(outcome.slow ? 'return_checking_slow' : 'return_checking')
    case 'canceled':
    case 'expired':
      return t(`return_${outcome.state}`)
    default:
      return ''
  }
}

const subscribedText = (t: Translate, { plan, subscription }: Status): string =>
  t(subscription?.status === 'trialing' ? 'returnTrialing' : 'returnSubscribed', { plan: plan.name })
