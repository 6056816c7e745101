import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'

type Cause = 'pause_requested' | 'trial_end_without_payment_method'

/** The subscription stands still: no period begins and nothing is billed. */
export const pauseFor = (world: World, subscription: Subscription, type: Cause): Subscription => {
  const details = { paused: { subscription: { type }, transitioned_at: world.now(), type: 'subscription' } }
  const changes = { status: 'paused' as const, status_details: details }
  const paused = world.update(subscription, changes, 'customer.subscription.updated')
  world.emit('customer.subscription.paused', paused)
  return paused
}
