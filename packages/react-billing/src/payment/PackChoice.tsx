import type { Pack } from '@paywright/contract'
import { useId } from 'react'
import { useText } from '../hooks/useText.ts'
import { priceTag } from '../lib/price-tag.ts'

type PackChoiceProps = { packs: Pack[]; chosen: Pack; isLocked: boolean; onChoose: (packId: string) => void }

export const PackChoice = ({ packs, chosen, isLocked, onChoose }: PackChoiceProps) => {
  const { t } = useText()
  const name = useId()
  return (
    <fieldset className="pw-packs" disabled={isLocked}>
      <legend className="pw-packs-legend">{t('packs')}</legend>
      {packs.map((pack) => (
        <label key={pack.id} className="pw-pack" data-chosen={pack === chosen || undefined}>
          <input
            className="pw-pack-radio"
            type="radio"
            name={name}
            value={pack.id}
            checked={pack === chosen}
            onChange={() => onChoose(pack.id)}
          />
          <span className="pw-pack-uses">{t('packUses', { count: pack.usesPurchased })}</span>
          <bdi className="pw-pack-price">{priceTag(pack.price)}</bdi>
        </label>
      ))}
    </fieldset>
  )
}
