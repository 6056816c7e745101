import type { ConfirmationToken, PaymentMethod } from '@stripe/stripe-js'
import type { CardMethod, TokenRequest } from '../backend.ts'
import { brandOf } from '../card/brand.ts'
import type { Birth } from './memory-intents.ts'

const billingDetails = ({ billing_details }: CardMethod): PaymentMethod.BillingDetails => ({
  address: {
    city: null,
    country: null,
    line1: null,
    line2: null,
    postal_code: null,
    state: null,
    ...billing_details.address,
  },
  email: billing_details.email ?? null,
  name: billing_details.name ?? null,
  phone: billing_details.phone ?? null,
})

const cardOf = ({ card }: CardMethod): PaymentMethod.Card => ({
  brand: brandOf(card.number).id,
  checks: null,
  display_brand: brandOf(card.number).id,
  country: 'US',
  exp_month: card.exp_month,
  exp_year: card.exp_year,
  funding: 'credit',
  last4: card.number.slice(-4),
  networks: null,
  regulated_status: 'unregulated',
  three_d_secure_usage: null,
  wallet: null,
})

export const freshPaymentMethod = (birth: Birth, method: CardMethod): PaymentMethod => ({
  ...birth,
  object: 'payment_method',
  allow_redisplay: 'unspecified',
  billing_details: billingDetails(method),
  card: cardOf(method),
  customer: null,
  livemode: false,
  metadata: {},
  type: 'card',
})

const twelveHours = 12 * 60 * 60

/** A card that a customer has used before. */
export const savedPaymentMethod = (birth: Birth, number: string): PaymentMethod => {
  const exp_year = new Date().getFullYear() + 3
  const card = { number, exp_month: 12, exp_year, cvc: '123' }
  return {
    ...freshPaymentMethod(birth, { card, billing_details: {} }),
    allow_redisplay: 'always',
    customer: 'cus_simulated',
  }
}

export const freshConfirmationToken = (
  birth: Birth,
  request: TokenRequest,
  { billing_details, card }: PaymentMethod,
): ConfirmationToken => ({
  ...birth,
  object: 'confirmation_token',
  expires_at: birth.created + twelveHours,
  livemode: false,
  payment_intent: null,
  payment_method_preview: {
    type: 'card',
    billing_details,
    ...(card ? { card } : {}),
  },
  return_url: request.returnUrl ?? null,
  setup_future_usage: request.setupFutureUsage ?? null,
  setup_intent: null,
  shipping: null,
  use_stripe_sdk: true,
})
