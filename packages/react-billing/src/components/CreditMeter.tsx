import { useText } from '../hooks/useText.ts'
import { MeterReading, type MeterReadingProps } from './MeterReading.tsx'
import { inUnits, type MeteredCredits } from './meter-parts.ts'

export type CreditMeterProps = Omit<MeterReadingProps, 'credits'> & {
  /** Null when they aren't known. */
  credits: MeteredCredits | null
  className?: string
}

/**
 * How many uses are left, of which kind, and what to do when they run out. It shows what it is given and asks nobody;
 * `AccountCredits` gives it the account's own.
 *
 * @example <CreditMeter credits={status.credits} pack={packs[0]} onTopUp={openTopUp} />
 */
export const CreditMeter = ({ credits, className = '', ...props }: CreditMeterProps) => {
  const { t } = useText()
  return (
    <section className={`pw pw-meter ${className}`}>
      {credits ? (
        <MeterReading {...props} credits={inUnits(credits)} />
      ) : (
        <p className="pw-empty">{t('usesUnknown')}</p>
      )}
    </section>
  )
}
