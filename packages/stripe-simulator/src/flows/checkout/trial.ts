import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { World } from '../../world.ts'
import { trialEndOf } from '../subscriptions/trial.ts'

/** Whether what recurs is free at first. */
export const startsWithTrial = (
  world: World,
  { mode, $subscriptionData }: Pick<CheckoutSession, '$subscriptionData' | 'mode'>,
): boolean => mode === 'subscription' && trialEndOf(world, $subscriptionData ?? {}) !== null
