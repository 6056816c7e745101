import type { PaymentMethod, StripeCheckoutSession } from '@stripe/stripe-js'

/** A session's saved cards as the Payment Element shows them. */
export const savedOf = ({ savedPaymentMethods: saved }: StripeCheckoutSession): readonly PaymentMethod[] =>
  (saved ?? []).map(({ id, type, billingDetails, card }) => {
    const { brand, last4, expMonth: exp_month, expYear: exp_year } = card
    return { id, type, billing_details: billingDetails, card: { brand, last4, exp_month, exp_year } }
  }) as unknown as PaymentMethod[]
