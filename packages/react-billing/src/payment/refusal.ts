import type { StripeError } from '@stripe/stripe-js'
import type { PlainKey, Translate } from '../lib/messages.ts'
import type { Refusal } from '../lib/payment-sequence.ts'

/** By the bank's decline code, else by Stripe's error code. What isn't here (a card reported stolen, say) is declined. */
const reasons: Record<string, PlainKey> = {
  insufficient_funds: 'insufficientFunds',
  expired_card: 'expiredCard',
  incorrect_cvc: 'incorrectCvc',
  invalid_cvc: 'incorrectCvc',
  processing_error: 'processingError',
  payment_intent_authentication_failure: 'authenticationFailed',
  card_declined: 'declined',
}

type Failure = Pick<StripeError, 'type' | 'code' | 'decline_code' | 'message'>

/** Why Stripe refused, in words that say what to do next. */
export const refusalOf = (error: Failure, t: Translate): Refusal => {
  const code = error.decline_code ?? error.code ?? error.type
  if (error.type === 'api_connection_error') return { code, message: t('paymentUnreachable') }
  const reason = reasons[code] ?? reasons[error.code ?? '']
  return { code, message: reason ? t(reason) : (error.message ?? t('paymentFailed')) }
}
