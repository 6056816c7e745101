import type { Pack } from '@paywright/contract'
import { PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../components/Button.tsx'
import { Trouble } from '../components/Trouble.tsx'
import { useText } from '../hooks/useText.ts'
import type { TopUpPayment } from '../hooks/useTopUp.ts'
import { cleanAddress } from '../lib/landing.ts'
import { isBusy } from '../lib/payment-sequence.ts'
import { progressText } from './progress-text.ts'
import { stripeSteps } from './stripe-steps.ts'

export type PaymentFieldsProps = { pack: Pack; topUp: TopUpPayment; returnUrl: string | undefined }

type FrameState = 'loading' | 'ready' | 'blocked'

/** The form: Stripe's fields, what went wrong, and the one button, which carries the amount. */
export const PaymentFields = ({ pack, topUp, returnUrl }: PaymentFieldsProps) => {
  const { t } = useText()
  const stripe = useStripe()
  const elements = useElements()
  const [frame, setFrame] = useState<FrameState>('loading')
  const errorId = useId()
  const progress = progressText(t, topUp)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!stripe || !elements || frame !== 'ready') return
    const steps = stripeSteps({ stripe, elements, t, returnUrl: returnUrl ?? cleanAddress(window.location.href) })
    topUp.pay({ packId: pack.id }, steps)
  }
  if (frame === 'blocked') return <Trouble error={null} otherwise="blocked" onRetry={() => setFrame('loading')} />
  return (
    <form className="pw-payment-form" aria-label={t('payment')} aria-busy={frame === 'loading'} onSubmit={submit}>
      <div className="pw-payment-frame" data-state={frame}>
        <PaymentElement onReady={() => setFrame('ready')} onLoadError={() => setFrame('blocked')} />
      </div>
      <p className="pw-payment-error" id={errorId} role="alert">
        {topUp.state === 'failed' && topUp.refusal.message}
      </p>
      <Button
        type="submit"
        kind="primary"
        busy={isBusy(topUp) || frame === 'loading'}
        describedBy={topUp.state === 'failed' ? errorId : undefined}
      >
        {progress || t('pay', { amount: pack.price.formatted })}
      </Button>
      <p className="pw-unseen" role="status">
        {progress}
      </p>
    </form>
  )
}
