import { useId } from 'react'
import { useText } from '../hooks/useText.ts'
import { PlanAction, type PlanActionProps } from './PlanAction.tsx'
import { priceText } from './plan-text.ts'

export const PlanCard = (props: PlanActionProps) => {
  const { plan, price } = props
  const { t } = useText()
  const nameId = useId()
  const { amount, per, billing } = priceText(t, plan, price)
  const isCurrent = props.button.action === 'current' || undefined

  return (
    <li
      className="pw-plan"
      data-recommended={plan.recommended || undefined}
      data-current={isCurrent}
      aria-current={isCurrent}
      aria-labelledby={nameId}
    >
      <div className="pw-plan-head">
        <h3 className="pw-plan-name" id={nameId}>
          {plan.name}
        </h3>
        {plan.recommended && <span className="pw-mark">{t('recommended')}</span>}
      </div>
      <p className="pw-plan-promise">{plan.promise}</p>
      <p className="pw-plan-price">
        <bdi className="pw-plan-amount">{amount}</bdi> <span className="pw-plan-per">{per}</span>
      </p>
      <p className="pw-plan-billing">{billing}</p>
      <PlanAction {...props} />
      <div className="pw-plan-features">
        {plan.everythingIn && <p className="pw-plan-includes">{t('everythingIn', { plan: plan.everythingIn })}</p>}
        <ul className="pw-features">
          {plan.features.map((feature) => (
            <li key={feature} className="pw-feature">
              {feature}
            </li>
          ))}
        </ul>
      </div>
    </li>
  )
}
