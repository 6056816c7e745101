import type { Stripe, StripeElements, StripeError } from '@stripe/stripe-js'
import type { PaymentSteps } from '../hooks/pay.ts'
import type { Translate } from '../lib/messages.ts'
import { refusalOf } from './refusal.ts'

type StepsInput = { stripe: Stripe; elements: StripeElements; returnUrl: string; t: Translate }

/** The steps of a payment that Stripe's form does. A challenge opens and closes within `confirm`. */
export const stripeSteps = ({ stripe, elements, returnUrl, t }: StepsInput): PaymentSteps => ({
  validate: async () => {
    const { error } = await elements.submit()
    if (!error) return 'complete'
    return error.type === 'validation_error' ? 'incomplete' : refusalOf(error, t)
  },
  confirm: async ({ clientSecret }) => {
    const { error } = await stripe.confirmPayment({
      elements,
      clientSecret,
      confirmParams: { return_url: returnUrl },
      redirect: 'if_required',
    })
    return error && !isPaidAlready(error) ? refusalOf(error, t) : null
  },
})

/** Another tab, or an answer that got lost, may have paid it: then the server is to say so. */
const isPaidAlready = ({ payment_intent: intent }: StripeError): boolean =>
  intent?.status === 'succeeded' || intent?.status === 'processing'
