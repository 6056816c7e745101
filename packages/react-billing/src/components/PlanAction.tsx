import type { Plan, PlanPrice } from '@paywright/contract'
import type { DepartureState } from '../hooks/useDeparture.ts'
import { useText } from '../hooks/useText.ts'
import { DepartureButton } from './DepartureButton.tsx'
import type { PlanButton } from './plan-button.ts'
import { buttonLabel } from './plan-text.ts'

export type PlanActionProps = {
  plan: Plan
  price: PlanPrice | null
  button: PlanButton
  isPrimary: boolean
  departure: DepartureState
  /** Undefined when nobody takes the choice over that this button leads to: then there is none. */
  onChoose: (() => void) | undefined
}

/** A plan's one button, or the words that stand in its place. */
export const PlanAction = ({ plan, price, button, isPrimary, departure, onChoose }: PlanActionProps) => {
  const { t } = useText()
  const label = buttonLabel(t, button.action, [plan, price])
  if (button.leads === 'nowhere') return <p className="pw-plan-action pw-plan-current">{label}</p>
  return (
    <div className="pw-plan-action">
      {onChoose && (
        <DepartureButton
          kind={isPrimary ? 'primary' : 'secondary'}
          departure={departure}
          failed="checkoutFailed"
          onPress={onChoose}
        >
          {label}
        </DepartureButton>
      )}
    </div>
  )
}
