import type { Interval, Plan, PlanAction, PlansResponse } from '@paywright/contract'
import { useState } from 'react'
import { type DepartureState, isUnderWay, useDeparture } from '../hooks/useDeparture.ts'
import { usePlans } from '../hooks/usePlans.ts'
import { useText } from '../hooks/useText.ts'
import { PeriodSwitch } from './PeriodSwitch.tsx'
import { PlanCard } from './PlanCard.tsx'
import { planButton, shownPrice, tripTo } from './plan-button.ts'
import { hasBothPeriods, largestSaving } from './plan-text.ts'
import { Trouble } from './Trouble.tsx'

/** What somebody chose. `interval` is null for a plan without a price. */
export type PlanChoice = { planId: string; interval: Interval | null; action: PlanAction }

export type PricingTableProps = {
  /** The period shown first. Default `'month'`. */
  defaultInterval?: Interval
  /** Where Checkout and the portal come back to; default where the host's router says. */
  returnPath?: string
  /**
   * Takes a choice over: true keeps the kit from opening Checkout or the portal. Plans without a price (free, by
   * agreement) have a button only when this is given.
   */
  onChoose?: (choice: PlanChoice) => boolean
  className?: string
}

/** The plans as cards, each with the one button that the server decided on. */
export const PricingTable = ({ className = '', ...props }: PricingTableProps) => {
  const { t } = useText()
  const plans = usePlans()
  return (
    <section className={`pw pw-pricing ${className}`} aria-label={t('plans')} data-state={plans.state}>
      {plans.state === 'loading' && <LoadingPlans />}
      {plans.state === 'error' && <Trouble error={plans.error} otherwise="plansFailed" onRetry={plans.retry} />}
      {plans.state === 'ready' && <Plans {...props} {...plans.value} />}
    </section>
  )
}

const LoadingPlans = () => {
  const { t } = useText()
  return (
    <div role="status">
      <span className="pw-unseen">{t('plansLoading')}</span>
      <div className="pw-plans" data-count="3" aria-hidden="true">
        {['a', 'b', 'c'].map((place) => (
          <div key={place} className="pw-plan pw-plan-coming" />
        ))}
      </div>
    </div>
  )
}

type PlansProps = Omit<PricingTableProps, 'className'> & Pick<PlansResponse, 'plans'>

const Plans = ({ plans, defaultInterval = 'month', ...props }: PlansProps) => {
  const { t } = useText()
  const [interval, setInterval] = useState(defaultInterval)
  const [announced, setAnnounced] = useState('')
  const { choose, isChosen, departure } = useChoice(props)
  const primary = primaryPlan(plans, interval)

  const change = (next: Interval) => {
    setInterval(next)
    setAnnounced(t(next === 'year' ? 'pricesYearly' : 'pricesMonthly'))
  }
  if (plans.length === 0) return <p className="pw-empty">{t('plansEmpty')}</p>
  return (
    <>
      {hasBothPeriods(plans) && <PeriodSwitch value={interval} saving={largestSaving(plans)} onChange={change} />}
      <p className="pw-unseen" role="status">
        {announced}
      </p>
      <ul className="pw-plans" data-count={Math.min(plans.length, 4)}>
        {plans.map((plan) => (
          <PlanCard
            key={plan.id}
            plan={plan}
            price={shownPrice(plan, interval)}
            isPrimary={plan === primary}
            hostLeads={props.onChoose !== undefined}
            departure={isChosen(plan) ? departure : idle}
            onChoose={() => choose(plan, interval)}
          />
        ))}
      </ul>
    </>
  )
}

const idle: DepartureState = { state: 'idle' }

/** The recommended plan's button stands out, or that of the first one that can be bought. */
const primaryPlan = (plans: readonly Plan[], interval: Interval): Plan | undefined => {
  const buyable = plans.filter((plan) => planButton(plan, shownPrice(plan, interval)).destination.to === 'checkout')
  return buyable.find(({ recommended }) => recommended) ?? buyable[0]
}

type Leading = Pick<PricingTableProps, 'returnPath' | 'onChoose'>

const useChoice = ({ returnPath, onChoose }: Leading) => {
  const { start, ...departure } = useDeparture()
  const [chosen, setChosen] = useState<string | null>(null)

  const choose = (plan: Plan, interval: Interval) => {
    if (isUnderWay(departure)) return
    const price = shownPrice(plan, interval)
    const { action, destination } = planButton(plan, price)
    if (onChoose?.({ planId: plan.id, interval: price?.interval ?? null, action })) return
    const trip = tripTo({ destination, plan, price, returnPath })
    if (trip === null) return
    setChosen(plan.id)
    start(trip)
  }
  return { choose, departure, isChosen: ({ id }: Plan) => id === chosen }
}
