import type { PaymentSnapshot } from '../domain/purchase.ts'

type PaymentFailure = NonNullable<PaymentSnapshot['failure']>

/** What Stripe says about a payment that failed: of a card error, or of a payment intent's last attempt. */
export type StripeFailure = { code?: string | null | undefined; decline_code?: string | null | undefined }

/** Why a payment failed, in words for the buyer. What a thief should not learn, nobody learns. */
export const toPaymentFailure = ({ code, decline_code }: StripeFailure): PaymentFailure => {
  const declineCode = decline_code && withheld.has(decline_code) ? 'generic_decline' : decline_code || null
  const message = texts[declineCode ?? ''] ?? texts[code ?? ''] ?? declined
  return { code: code || 'payment_failed', declineCode, message }
}

/** Reasons that the bank tells the shop and not whoever holds the card. */
const withheld = new Set([
  'lost_card',
  'stolen_card',
  'pickup_card',
  'fraudulent',
  'merchant_blacklist',
  'restricted_card',
  'security_violation',
])

const declined = 'Your bank declined the payment and gave no reason. Try another card, or ask your bank.'
const tryAgain = 'Your bank could not be asked just now. Try again in a moment, or use another card.'
const wrongNumber = 'The card number is not right. Check it and try again.'
const wrongExpiry = 'The expiry date is not right. Check it and try again.'
const wrongCode = 'The security code is not right. Check it and try again.'
const wrongAddress = "The address doesn't match the one your bank has. Check it and try again."
const unproved = 'Your bank wants you to confirm this payment. Try again and follow its steps.'
const overLimit = "The payment is over the card's limit. Try another card, or ask your bank."
const unsuitable = "This card can't be used for this payment. Try another card."

const texts: Readonly<Record<string, string>> = {
  authentication_required: unproved,
  card_not_supported: unsuitable,
  card_velocity_exceeded: overLimit,
  currency_not_supported: unsuitable,
  duplicate_transaction: 'The same payment was made a moment ago. Check whether it went through before you try again.',
  expired_card: 'The card has expired. Use another card.',
  incorrect_address: wrongAddress,
  incorrect_cvc: wrongCode,
  incorrect_number: wrongNumber,
  incorrect_zip: wrongAddress,
  insufficient_funds: 'There is not enough money on this card. Try another card.',
  invalid_cvc: wrongCode,
  invalid_expiry_month: wrongExpiry,
  invalid_expiry_year: wrongExpiry,
  invalid_number: wrongNumber,
  issuer_not_available: tryAgain,
  payment_intent_authentication_failure: 'Your bank could not confirm that it is you. Try again, or use another card.',
  processing_error: 'Something went wrong while the payment was made; nothing was charged. Try again in a moment.',
  reenter_transaction: tryAgain,
  transaction_not_allowed: unsuitable,
  try_again_later: tryAgain,
  withdrawal_count_limit_exceeded: overLimit,
}
