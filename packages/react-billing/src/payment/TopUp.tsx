import type { Pack } from '@paywright/contract'
import { useState } from 'react'
import { Loading } from '../components/Loading.tsx'
import { Trouble } from '../components/Trouble.tsx'
import { usePlans } from '../hooks/usePlans.ts'
import { useText } from '../hooks/useText.ts'
import { useTopUp } from '../hooks/useTopUp.ts'
import { isBusy } from '../lib/payment-sequence.ts'
import { PackChoice } from './PackChoice.tsx'
import type { PaymentFormProps } from './PaymentForm.tsx'
import { PaymentPanel } from './PaymentPanel.tsx'

export type TopUpProps = Omit<PaymentFormProps, 'pack'> & {
  /** The pack that is chosen at first; default the catalog's first. */
  packId?: string
}

/**
 * Sells the catalog's packs: a choice where there are several, and the payment.
 *
 * @example <TopUp onSuccess={({ usesLeft }) => announce(usesLeft)} />
 */
export const TopUp = ({ className = '', ...props }: TopUpProps) => {
  const { t } = useText()
  const plans = usePlans()
  return (
    <div className={`pw pw-payment ${className}`} data-state={plans.state}>
      {plans.state === 'loading' && <Loading label={t('paymentLoading')} lines={5} />}
      {plans.state === 'error' && <Trouble error={plans.error} otherwise="packsFailed" onRetry={plans.retry} />}
      {plans.state === 'ready' && <Packs {...props} packs={plans.value.packs} />}
    </div>
  )
}

type PacksProps = Omit<TopUpProps, 'className'> & { packs: Pack[] }

const Packs = ({ packs, packId, returnUrl, onSuccess }: PacksProps) => {
  const { t } = useText()
  const topUp = useTopUp({ onSuccess })
  const [chosenId, setChosenId] = useState(packId)
  const pack = packs.find(({ id }) => id === chosenId) ?? packs[0]

  if (!pack) return <p className="pw-empty">{t('packsEmpty')}</p>
  const choose = (id: string) => {
    setChosenId(id)
    topUp.restart()
  }
  return (
    <>
      {packs.length > 1 && topUp.state !== 'succeeded' && (
        <PackChoice packs={packs} chosen={pack} isLocked={isBusy(topUp)} onChoose={choose} />
      )}
      <PaymentPanel pack={pack} topUp={topUp} returnUrl={returnUrl} />
    </>
  )
}
