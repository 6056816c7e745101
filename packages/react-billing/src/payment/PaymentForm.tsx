import type { Pack } from '@paywright/contract'
import { type PaymentResult, useTopUp } from '../hooks/useTopUp.ts'
import { PaymentPanel } from './PaymentPanel.tsx'

export type PaymentFormProps = {
  /** What is bought, as `GET /plans` describes it. */
  pack: Pack
  /** Where a bank's redirect comes back to; default this page. It needs a `CheckoutReturn`. */
  returnUrl?: string
  /** Told once the server has the credits in its books. */
  onSuccess?: (result: PaymentResult) => void
  className?: string
}

/**
 * Sells one pack in the page: what it is and costs, Stripe's Payment Element, and the result.
 *
 * @example <PaymentForm pack={pack} onSuccess={({ usesLeft }) => close(usesLeft)} />
 */
export const PaymentForm = ({ pack, returnUrl, onSuccess, className = '' }: PaymentFormProps) => {
  const topUp = useTopUp({ onSuccess })
  return (
    <div className={`pw pw-payment ${className}`}>
      <PaymentPanel pack={pack} topUp={topUp} returnUrl={returnUrl} />
    </div>
  )
}
