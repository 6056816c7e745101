import type { Interval, Plan, PlanAction, PlanPrice, PortalFlow } from '@paywright/contract'
import type { Trip } from '../hooks/useDeparture.ts'

/** Where pressing a plan's button leads. */
export type PlanDestination =
  | { to: 'checkout' }
  | { to: 'portal'; flow?: PortalFlow }
  | { to: 'host' }
  | { to: 'nowhere' }

export type PlanButton = { action: PlanAction; destination: PlanDestination }

/** The one place that decides what a plan's button does. The server decides the action; a visitor may only start. */
export const planButton = (plan: Plan, price: PlanPrice | null): PlanButton => {
  const action = (price ?? plan).action ?? firstAction(plan)
  return { action, destination: destinationOf(action, price) }
}

const firstAction = ({ trialDays }: Plan): PlanAction => (trialDays > 0 ? 'start_trial' : 'subscribe')

const portalFlows: Partial<Record<PlanAction, { flow: PortalFlow }>> = {
  upgrade: { flow: 'subscription_update' },
  downgrade: { flow: 'subscription_update' },
  switch_interval: { flow: 'subscription_update' },
}

const destinationOf = (action: PlanAction, price: PlanPrice | null): PlanDestination => {
  if (action === 'current') return { to: 'nowhere' }
  if (action === 'contact') return { to: 'host' }
  if (action === 'subscribe' || action === 'start_trial') return { to: price === null ? 'host' : 'checkout' }
  if (price === null) return { to: 'portal', flow: 'subscription_cancel' }
  return { to: 'portal', ...portalFlows[action] }
}

type TripInput = { destination: PlanDestination; plan: Plan; price: PlanPrice | null; returnPath?: string | undefined }

/** Which of the provider's pages to ask the server for; null when the host leads, or nothing does. */
export const tripTo = ({ destination, plan, price, returnPath }: TripInput): Trip | null => {
  const back = returnPath === undefined ? {} : { returnPath }
  if (destination.to === 'portal') return { to: 'portal', request: { ...back, ...flowOf(destination) } }
  if (destination.to !== 'checkout' || price === null) return null
  return { to: 'checkout', request: { planId: plan.id, interval: price.interval, ...back } }
}

const flowOf = ({ flow }: { flow?: PortalFlow }) => (flow ? { flow } : {})

/** The price to show: of the chosen period, or of the only one there is. */
export const shownPrice = ({ prices }: Plan, interval: Interval): PlanPrice | null =>
  prices[interval] ?? prices.month ?? prices.year
