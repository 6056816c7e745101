import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import type { ItemsInput, ItemsPlan } from './change.ts'
import { periodOf, withPeriod } from './items.ts'

export interface MovedTrial {
  readonly subscription: Subscription
  readonly items: ItemsPlan
}

const extended = (subscription: Subscription, end: number): Subscription => ({
  ...subscription,
  billing_cycle_anchor: end,
  items: withPeriod(subscription, { start: periodOf(subscription).start, end }),
  trial_end: end,
  $trialEndAnnounced: false,
})

const running = ['active', 'past_due']

/** A trial that ends at another time, or now: then the first period begins and is billed; or one that begins now. */
export const moveTrial = (
  world: World,
  subscription: Subscription,
  input: ItemsInput & { readonly trial_end?: number | 'now' },
): MovedTrial => {
  const { trial_end: end, ...items } = input
  if (end === undefined) return { subscription, items }
  if (end !== 'now' && end <= world.now()) {
    throw invalidRequest('Invalid timestamp: must be an integer Unix timestamp in the future.', { param: 'trial_end' })
  }
  if (subscription.status !== 'trialing') {
    if (end === 'now') return { subscription, items }
    if (running.includes(subscription.status)) return { subscription, items: { ...items, trialUntil: end } }
    throw notSimulated(`a new trial of a subscription that is ${subscription.status}`, 'trial_end')
  }
  if (end === 'now') {
    const started = { ...subscription, status: 'active' as const, trial_end: world.now() }
    return {
      subscription: started,
      items: { ...items, billing_cycle_anchor: { type: 'now' }, proration_behavior: 'none' },
    }
  }
  return { subscription: extended(subscription, end), items }
}
