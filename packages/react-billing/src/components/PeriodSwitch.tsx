import type { Interval } from '@paywright/contract'
import { useId } from 'react'
import { useText } from '../hooks/useText.ts'

type PeriodSwitchProps = { value: Interval; saving: string | null; onChange: (interval: Interval) => void }

/** One choice for the whole table, with what it saves written on it. */
export const PeriodSwitch = ({ value, saving, onChange }: PeriodSwitchProps) => {
  const { t } = useText()
  const name = useId()
  const option = (interval: Interval, label: string, note: string | null) => (
    <label className="pw-period-option" data-chosen={value === interval || undefined}>
      <input
        className="pw-period-radio"
        type="radio"
        name={name}
        value={interval}
        checked={value === interval}
        onChange={() => onChange(interval)}
      />
      <span>{label}</span>
      {note && <span className="pw-period-saving">{note}</span>}
    </label>
  )
  return (
    <fieldset className="pw-period">
      <legend className="pw-unseen">{t('period')}</legend>
      {option('month', t('monthly'), null)}
      {option('year', t('yearly'), saving && t('saveUpTo', { amount: saving }))}
    </fieldset>
  )
}
