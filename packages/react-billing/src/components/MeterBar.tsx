import { useText } from '../hooks/useText.ts'
import { MeterSegments } from './MeterSegments.tsx'
import { capacityOf, type MeteredCredits, partsOf } from './meter-parts.ts'
import { meterValueText, partText } from './meter-text.ts'

type MeterBarProps = { credits: MeteredCredits; variant: 'bar' | 'text' }

/** The bar, and under it what each of its segments stands for; or, as text, only that. */
export const MeterBar = ({ credits, variant }: MeterBarProps) => {
  const { t } = useText()
  const capacity = capacityOf(credits)
  const parts = partsOf(credits)
  const valueText = meterValueText(t, credits.available, [capacity, parts])
  if (parts.length === 0) return null
  return (
    <>
      {variant === 'bar' && (
        <div className="pw-meter-bar">
          <MeterSegments parts={parts} />
          <meter
            className="pw-meter-value"
            aria-label={t('meter')}
            aria-valuetext={valueText}
            max={capacity}
            value={credits.available}
          >
            {valueText}
          </meter>
        </div>
      )}
      <ul className="pw-meter-parts">
        {parts.map((part) => (
          <li key={part.kind} className="pw-meter-part">
            {variant === 'bar' && <MeterSegments parts={[{ ...part, fromPercent: 0, toPercent: 100 }]} />}
            {partText(t, part)}
          </li>
        ))}
      </ul>
    </>
  )
}
