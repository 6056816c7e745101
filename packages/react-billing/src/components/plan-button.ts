import type { Interval, Plan, PlanAction, PlanPrice } from '@paywright/contract'
import type { Trip } from '../hooks/useDeparture.ts'

/** What a plan's button says and where it leads: to one of the provider's pages, to the host, or nowhere. */
export type PlanButton = { action: PlanAction; leads: Trip | 'host' | 'nowhere' }

type PlanButtonInput = { plan: Plan; price: PlanPrice | null; returnPath?: string | undefined }

/** The one place that decides what a plan's button does. The server decides the action; a visitor may only start. */
export const planButton = (input: PlanButtonInput): PlanButton => {
  const { plan, price } = input
  const action = (price ?? plan).action ?? (plan.trialDays > 0 ? 'start_trial' : 'subscribe')
  return { action, leads: destinationOf(action, input) }
}

const destinationOf = (action: PlanAction, { plan, price, returnPath }: PlanButtonInput): PlanButton['leads'] => {
  const back = returnPath === undefined ? {} : { returnPath }
  switch (action) {
    case 'current':
      return 'nowhere'
    case 'contact':
      return 'host'
    case 'subscribe':
    case 'start_trial':
      return price ? { to: 'checkout', request: { planId: plan.id, interval: price.interval, ...back } } : 'host'
    case 'resume':
    case 'finish_payment':
      return { to: 'portal', request: back }
    default:
      return { to: 'portal', request: { ...back, flow: price ? 'subscription_update' : 'subscription_cancel' } }
  }
}

const held: readonly (PlanAction | null | undefined)[] = ['current', 'resume', 'finish_payment']

/** The period that the account's subscription is billed by, else the month. */
export const billedInterval = (plans: readonly Plan[]): Interval =>
  plans.some(({ prices }) => held.includes(prices.year?.action)) ? 'year' : 'month'

/** The price to show: of the chosen period, or of the only one there is. */
export const shownPrice = ({ prices }: Plan, interval: Interval): PlanPrice | null =>
  prices[interval] ?? prices.month ?? prices.year
