import type { Status } from '@paywright/contract'
import type { CheckoutReturnState } from '../hooks/useCheckoutReturn.ts'
import { usesAddedText } from '../lib/added-text.ts'
import type { Translate } from '../lib/messages.ts'
import type { Tone } from './subscription-summary.ts'

export const returnTone: Partial<Record<CheckoutReturnState['state'], Tone>> = {
  canceled: 'calm',
  checking: 'calm',
  expired: 'warning',
  subscribed: 'good',
  purchased: 'good',
  refused: 'danger',
}

/** What came of it, in a sentence; empty when there is nothing to say. */
export const returnText = (t: Translate, outcome: CheckoutReturnState): string => {
  switch (outcome.state) {
    case 'canceled':
      return t('returnCanceled')
    case 'checking':
      return t(outcome.slow ? 'returnSlow' : 'returnChecking')
    case 'expired':
      return t('returnExpired')
    case 'subscribed':
      return subscribedText(t, outcome.status)
    case 'purchased':
      return usesAddedText(t, outcome.usesPurchased, outcome.usesLeft)
    case 'refused':
      return outcome.purchase.failure?.message ?? t('paymentFailed')
    default:
      return ''
  }
}

const subscribedText = (t: Translate, { plan, subscription }: Status): string =>
  t(subscription?.status === 'trialing' ? 'returnTrialing' : 'returnSubscribed', { plan: plan.name })
