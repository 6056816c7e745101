import type { Pack } from '@paywright/contract'
import { useState } from 'react'
import { Choice } from '../components/Choice.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { usePlans } from '../hooks/usePlans.ts'
import { useText } from '../hooks/useText.ts'
import { useTopUp } from '../hooks/useTopUp.ts'
import { isBusy } from '../lib/payment-sequence.ts'
import { priceTag } from '../lib/price-tag.ts'
import { unitsOf } from '../lib/units-of.ts'
import type { PaymentFormProps } from './PaymentForm.tsx'
import { PaymentPanel } from './PaymentPanel.tsx'

export type TopUpProps = Omit<PaymentFormProps, 'pack'> & {
  /** The pack that is chosen at first; default the catalog's first. */
  packId?: string
  /** Whose packs are sold; default the catalog's default unit. */
  unit?: string
}

/**
 * Sells the catalog's packs of one unit: a choice where there are several, and the payment.
 *
 * @example <TopUp onSuccess={({ usesLeft }) => announce(usesLeft)} />
 */
export const TopUp = ({ className = '', unit, ...props }: TopUpProps) => {
  const plans = usePlans()
  return (
    <div className={`pw pw-payment ${className}`} data-state={plans.state}>
      <Loaded of={plans} loading="paymentLoading" lines={5} failed="packsFailed">
        {(sold) => <Packs {...props} packs={sold.packs.filter((pack) => pack.unit === (unit ?? sold.unit))} />}
      </Loaded>
    </div>
  )
}

type PacksProps = Omit<TopUpProps, 'className' | 'unit'> & { packs: Pack[] }

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
        <Choice
          slot="pack"
          legend={t('packs')}
          options={packs.map((each) => ({
            value: each.id,
            label: t('packUses', { count: unitsOf(each) }),
            note: priceTag(each.price),
          }))}
          value={pack.id}
          isLocked={isBusy(topUp)}
          onChange={choose}
        />
      )}
      <PaymentPanel pack={pack} topUp={topUp} returnUrl={returnUrl} />
    </>
  )
}
