import type { Interval, Plan, PlanAction, PlanPrice, PlansResponse } from '@paywright/contract'
import { useState } from 'react'
import { useChangeAnnouncement } from '../hooks/useChangeAnnouncement.ts'
import { isUnderWay, useDeparture } from '../hooks/useDeparture.ts'
import { usePlans } from '../hooks/usePlans.ts'
import { useText } from '../hooks/useText.ts'
import { Loaded } from './Loaded.tsx'
import { PeriodSwitch } from './PeriodSwitch.tsx'
import { PlanCard } from './PlanCard.tsx'
import { billedInterval, type PlanButton, planButton, shownPrice } from './plan-button.ts'
import { hasBothPeriods, largestSaving } from './plan-text.ts'

/** What somebody chose. `interval` is null for a plan without a price. */
export type PlanChoice = { planId: string; interval: Interval | null; action: PlanAction }

export type PricingTableProps = {
  /** The period shown first. Default the one that the account is billed by, else `'month'`. */
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
    <section className={`pw pw-pricing ${className}`} aria-label={t('plans')}>
      <Loaded of={plans} loading="plansLoading" lines={3} failed="plansFailed">
        {(value) => <Plans {...props} plans={value.plans} />}
      </Loaded>
    </section>
  )
}

type PlansProps = Omit<PricingTableProps, 'className'> & Pick<PlansResponse, 'plans'>

const Plans = ({ plans, defaultInterval = billedInterval(plans), returnPath, onChoose }: PlansProps) => {
  const { t } = useText()
  const [interval, setInterval] = useState(defaultInterval)
  const announcement = useChangeAnnouncement(interval, t(interval === 'year' ? 'pricesYearly' : 'pricesMonthly'))
  const { start, ...departure } = useDeparture()
  const [chosen, setChosen] = useState<PlanOffer | null>(null)
  const offers = offersOf(plans, interval, returnPath)
  const primary = primaryOf(offers)

  const choose = (offer: PlanOffer) => {
    const { plan, price, button } = offer
    if (isUnderWay(departure)) return
    if (onChoose?.({ planId: plan.id, interval: price?.interval ?? null, action: button.action })) return
    if (typeof button.leads === 'string') return
    setChosen(offer)
    start(button.leads)
  }
  if (plans.length === 0) return <p className="pw-empty">{t('plansEmpty')}</p>
  return (
    <>
      {hasBothPeriods(plans) && <PeriodSwitch value={interval} saving={largestSaving(plans)} onChange={setInterval} />}
      <p className="pw-unseen" role="status">
        {announcement}
      </p>
      <ul className="pw-plans" data-count={Math.min(plans.length, 4)}>
        {offers.map((offer) => (
          <PlanCard
            key={offer.plan.id}
            {...offer}
            isPrimary={offer === primary}
            departure={offer.plan === chosen?.plan ? departure : { state: 'idle' }}
            onChoose={onChoose || offer.button.leads !== 'host' ? () => choose(offer) : undefined}
          />
        ))}
      </ul>
    </>
  )
}

type PlanOffer = { plan: Plan; price: PlanPrice | null; button: PlanButton }

const offersOf = (plans: Plan[], interval: Interval, returnPath: string | undefined): PlanOffer[] =>
  plans.map((plan) => {
    const price = shownPrice(plan, interval)
    return { plan, price, button: planButton({ plan, price, returnPath }) }
  })

const pressing: readonly PlanAction[] = ['finish_payment', 'resume']
const inviting: readonly PlanAction[] = ['subscribe', 'start_trial', 'upgrade']

/** One button stands out: what is unfinished, else the recommended plan's, else that of the first that can be bought. */
const primaryOf = (offers: PlanOffer[]): PlanOffer | undefined => {
  const inviters = offers.filter(({ button, price }) => price && inviting.includes(button.action))
  const unfinished = offers.find(({ button }) => pressing.includes(button.action))
  return unfinished ?? inviters.find(({ plan }) => plan.recommended) ?? inviters[0]
}
