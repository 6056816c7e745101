import type { Pack } from '@paywright/contract'
import { Button } from '../components/Button.tsx'
import { useText } from '../hooks/useText.ts'
import type { TopUpPayment } from '../hooks/useTopUp.ts'
import { unitsOf } from '../lib/units-of.ts'
import { PaymentSuccess } from './PaymentSuccess.tsx'
import { StripePayment } from './StripePayment.tsx'

type PaymentPanelProps = { pack: Pack; topUp: TopUpPayment; returnUrl: string | undefined }

/** What is bought stands above the form; what came of it stands in its place. */
export const PaymentPanel = ({ pack, topUp, returnUrl }: PaymentPanelProps) => {
  const { t } = useText()
  if (topUp.state === 'succeeded') {
    return (
      <PaymentSuccess usesPurchased={unitsOf(topUp.purchase)} usesLeft={topUp.usesLeft}>
        <Button onPress={topUp.restart}>{t('buyMore')}</Button>
      </PaymentSuccess>
    )
  }
  return (
    <>
      <p className="pw-order">
        <span className="pw-order-what">{t('packUses', { count: unitsOf(pack) })}</span>
        <bdi className="pw-order-price">{pack.price.formatted}</bdi>
      </p>
      <StripePayment pack={pack} topUp={topUp} returnUrl={returnUrl} />
    </>
  )
}
