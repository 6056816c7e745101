import type { Plan, PlanPrice } from '@paywright/contract'
import { type DepartureState, isUnderWay } from '../hooks/useDeparture.ts'
import { useText } from '../hooks/useText.ts'
import { Button } from './Button.tsx'
import { planButton } from './plan-button.ts'
import { buttonLabel } from './plan-text.ts'
import { Trouble } from './Trouble.tsx'

export type PlanActionProps = {
  plan: Plan
  price: PlanPrice | null
  isPrimary: boolean
  /** Whether the host takes choices over that lead to it. */
  hostLeads: boolean
  departure: DepartureState
  onChoose: () => void
}

/** A plan's one button, or the words that stand in its place. */
export const PlanAction = ({ plan, price, isPrimary, hostLeads, departure, onChoose }: PlanActionProps) => {
  const { t } = useText()
  const { action, destination } = planButton(plan, price)
  const busy = isUnderWay(departure)
  const label = buttonLabel(t, action, [plan, price])

  if (destination.to === 'nowhere') return <p className="pw-plan-action pw-plan-current">{label}</p>
  return (
    <div className="pw-plan-action">
      {(destination.to !== 'host' || hostLeads) && (
        <Button kind={isPrimary ? 'primary' : 'secondary'} busy={busy} onPress={onChoose}>
          {busy ? t('opening') : label}
        </Button>
      )}
      {departure.state === 'failed' && <Trouble error={departure.error} otherwise="checkoutFailed" />}
    </div>
  )
}
