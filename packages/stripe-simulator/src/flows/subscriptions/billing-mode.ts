import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import type { BillingMode, Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'

export interface BillingModeInput {
  readonly flexible?: { readonly proration_discounts?: 'included' | 'itemized' }
  readonly type: 'classic' | 'flexible'
}

/** How a subscription is billed: new ones are flexible unless they ask for the classic way. */
export const billingMode = (input: BillingModeInput | undefined): BillingMode => {
  const { type = 'flexible', flexible } = input ?? {}
  if (type === 'classic') {
    if (flexible === undefined) return { type, flexible: null }
    throw invalidRequest('`billing_mode[flexible]` can only be set when `billing_mode[type]` is `flexible`.', {
      param: 'billing_mode[flexible]',
    })
  }
  if (flexible?.proration_discounts === 'itemized') {
    throw notSimulated('`proration_discounts: itemized`', 'billing_mode[flexible][proration_discounts]')
  }
  return { type, flexible: { proration_discounts: 'included' } }
}

/** From classic to flexible: there is no way back. */
export const migrateSubscription = (
  world: World,
  subscription: Subscription,
  input: BillingModeInput,
): Subscription => {
  if (subscription.ended_at !== null) {
    throw invalidRequest(`You cannot migrate a subscription that is ${subscription.status}.`)
  }
  if (subscription.billing_mode.type === 'flexible') {
    throw invalidRequest('This subscription has the `flexible` billing mode already.', { param: 'billing_mode[type]' })
  }
  const billing_mode = { ...billingMode(input), updated_at: world.now() }
  const schedule =
    subscription.schedule === null ? undefined : world.need('subscription_schedule', subscription.schedule)
  if (schedule) world.update(schedule, { billing_mode }, 'subscription_schedule.updated')
  return world.update(subscription, { billing_mode }, 'customer.subscription.updated')
}
