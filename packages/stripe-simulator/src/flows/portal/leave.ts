import { invalidRequest } from '../../domain/failure.ts'
import type { PauseInterval } from '../../domain/objects/account.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { boundary } from '../../domain/period.ts'
import type { PortalPause } from '../../portal-core.ts'
import type { World } from '../../world.ts'
import { pauseSubscription } from '../subscriptions/pause.ts'
import { updateSubscription } from '../subscriptions/update.ts'
import { refuseDisabled } from './verbs.ts'
import { configurationOf, needPortal, ownSubscription } from './view.ts'

const isSame = (one: PauseInterval, other: PauseInterval): boolean =>
  one.interval === other.interval && one.interval_count === other.interval_count

/** A subscription stands still for a while that the configuration offers, or until its owner resumes it. */
export const pauseInPortal = (world: World, sessionId: string, pause: PortalPause): Subscription => {
  const session = needPortal(world, sessionId)
  const { enabled, duration } = configurationOf(world, session).features.subscription_pause
  refuseDisabled(enabled, 'pause')
  const subscription = ownSubscription(world, session, pause.subscriptionId)
  if (duration.type === 'indefinite') return pauseSubscription(world, subscription, {})
  const chosen = duration.interval_options.find((option) => pause.duration && isSame(option, pause.duration))
  if (!chosen) throw invalidRequest('Choose how long to pause.', { param: 'duration' })
  const paused = pauseSubscription(world, subscription, {})
  return world.update(paused, { $pausedUntil: boundary(world.now(), chosen, 1) })
}

interface Retention {
  readonly coupon_offer: { readonly coupon: string }
}

/** The coupon that a flow offers to whoever wants to leave. */
const offeredCoupon = (world: World, sessionId: string): string | undefined => {
  const { flow } = needPortal(world, sessionId)
  const cancel = flow?.subscription_cancel as { readonly retention?: Retention | null } | null | undefined
  return cancel?.retention?.coupon_offer.coupon
}

/** They stay, for less. */
export const acceptOffer = (world: World, sessionId: string, subscriptionId: string): Subscription => {
  const coupon = offeredCoupon(world, sessionId)
  refuseDisabled(coupon !== undefined, 'take an offer')
  const subscription = ownSubscription(world, needPortal(world, sessionId), subscriptionId)
  return updateSubscription(world, subscription, { discounts: [{ coupon: coupon ?? '' }] })
}
