import type { Interval } from '@paywright/contract'
import { useText } from '../hooks/useText.ts'
import { Choice } from './Choice.tsx'

type PeriodSwitchProps = { value: Interval; saving: string | null; onChange: (interval: Interval) => void }

/** One choice for the whole table, with what it saves written on it. */
export const PeriodSwitch = ({ saving, ...props }: PeriodSwitchProps) => {
  const { t } = useText()
  return (
    <Choice
      slot="period"
      legend={<span className="pw-unseen">{t('period')}</span>}
      options={[
        { value: 'month', label: t('monthly'), note: null },
        { value: 'year', label: t('yearly'), note: saving && t('saveUpTo', { amount: saving }) },
      ]}
      {...props}
    />
  )
}
