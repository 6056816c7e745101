import type { Pack } from '@paywright/contract'
import { useText } from '../hooks/useText.ts'
import { priceTag } from '../lib/price-tag.ts'
import { unitsOf } from '../lib/units-of.ts'
import { Button } from './Button.tsx'

type MeterOfferProps = { pack: Pack | null; isUrgent: boolean; onTopUp: ((pack: Pack | null) => void) | undefined }

/** What to buy, and the button to it. */
export const MeterOffer = ({ pack, isUrgent, onTopUp }: MeterOfferProps) => {
  const { t } = useText()
  const price = pack && priceTag(pack.price)
  return (
    <div className="pw-meter-offer">
      {pack && price && <p className="pw-meter-pack">{t('packOffer', { count: unitsOf(pack), price })}</p>}
      {onTopUp && (
        <Button kind={isUrgent ? 'primary' : 'secondary'} onPress={() => onTopUp(pack)}>
          {pack ? t('buyPack', { count: unitsOf(pack) }) : t('topUp')}
        </Button>
      )}
    </div>
  )
}
