import { Elements } from '@stripe/react-stripe-js'
import type { StripeElementLocale, StripeElementsOptionsMode } from '@stripe/stripe-js'
import { useRef } from 'react'
import { Loading } from '../components/Loading.tsx'
import { Trouble } from '../components/Trouble.tsx'
import { useText } from '../hooks/useText.ts'
import { useBilling } from '../provider/billing-context.ts'
import { isStripe } from './load-stripe.ts'
import { PaymentFields, type PaymentFieldsProps } from './PaymentFields.tsx'
import { useAppearance } from './useAppearance.ts'
import { useStripeLoad } from './useStripeLoad.ts'

/** Stripe's form, or why it isn't there yet. The payment is made only when somebody pays: until then, no intent. */
export const StripePayment = (props: PaymentFieldsProps) => {
  const { t } = useText()
  const { locale } = useBilling()
  const load = useStripeLoad()
  const place = useRef<HTMLDivElement>(null)
  const appearance = useAppearance(place)
  const { amountMinor: amount, currency } = props.pack.price

  if (load.state === 'blocked') return <Trouble error={load.error} otherwise="blocked" onRetry={load.retry} />
  const stripe = load.state === 'ready' && appearance !== null && isStripe(load.stripe) ? load.stripe : null
  const options: StripeElementsOptionsMode = {
    mode: 'payment',
    amount,
    currency,
    // Stripe takes any tag, and speaks the browser's language for one that it doesn't know.
    locale: locale as StripeElementLocale,
    ...(appearance && { appearance }),
  }
  return (
    <div className="pw-payment-place" ref={place}>
      {stripe ? (
        <Elements stripe={stripe} options={options}>
          <PaymentFields {...props} />
        </Elements>
      ) : (
        <Loading label={t('paymentLoading')} lines={4} />
      )}
    </div>
  )
}
