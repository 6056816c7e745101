import type { Interval, PlanAction } from '@paywright/contract'
import { monthlyAmount, type PlanDefinition } from './catalog.ts'
import { isCollectable, type Subscription } from './subscription.ts'

export type PlanActionInput = {
  plan: PlanDefinition
  /** Null for a plan without a price. */
  interval: Interval | null
  /** The account's subscription in the plan's group, if any. */
  subscription: Subscription | null
  currentPlan: PlanDefinition
  trialUsed: boolean
}

/** What the button of a plan does for an account, first match wins. */
export const planAction = (input: PlanActionInput): PlanAction => {
  const { plan, subscription } = input
  if (plan.contactUrl !== null) return 'contact'
  if (!subscription || !isCollectable(subscription)) return actionWithoutSubscription(input)
  if (plan.id !== subscription.planId) return compare(plan, input.currentPlan)
  if (input.interval !== subscription.interval) return 'switch_interval'
  return actionOnCurrent(subscription)
}

const actionWithoutSubscription = ({ plan, interval, currentPlan, trialUsed }: PlanActionInput): PlanAction => {
  if (interval === null) return plan.id === currentPlan.id ? 'current' : 'downgrade'
  return plan.trialDays > 0 && !trialUsed ? 'start_trial' : 'subscribe'
}

const actionOnCurrent = (subscription: Subscription): PlanAction => {
  if (subscription.openInvoice && subscription.status !== 'active') return 'finish_payment'
  return subscription.cancelAt ? 'resume' : 'current'
}

const compare = (plan: PlanDefinition, current: PlanDefinition): PlanAction =>
  monthlyAmount(plan) > monthlyAmount(current) ? 'upgrade' : 'downgrade'
