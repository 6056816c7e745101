import { useCheckoutReturn } from '../hooks/useCheckoutReturn.ts'
import { useText } from '../hooks/useText.ts'
import { returnText } from './return-text.ts'
import { Trouble } from './Trouble.tsx'

export type CheckoutReturnProps = { className?: string }

/**
 * Says how a visit to Checkout, or to the buyer's bank, ended; shows nothing on any other page. Put it on every page
 * that a return path may name.
 *
 * @example <CheckoutReturn />
 */
export const CheckoutReturn = ({ className = '' }: CheckoutReturnProps) => {
  const { t } = useText()
  const outcome = useCheckoutReturn()
  return (
    <div className={`pw pw-return ${className}`} data-state={outcome.state}>
      <p className="pw-return-news" role="status">
        {returnText(t, outcome)}
      </p>
      {outcome.state === 'error' && <Trouble error={outcome.error} otherwise="returnFailed" onRetry={outcome.retry} />}
    </div>
  )
}
