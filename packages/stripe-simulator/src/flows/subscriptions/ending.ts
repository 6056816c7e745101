import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { periodOf } from './items.ts'

export interface EndingInput {
  readonly cancel_at?: number | 'max_billed_until' | 'max_period_end' | 'min_period_end' | ''
  readonly cancel_at_period_end?: boolean
}

type Ending = Pick<Subscription, 'cancel_at' | 'cancel_at_period_end' | 'canceled_at' | 'cancellation_details'>

const going = (subscription: Subscription): Ending => {
  const { cancel_at, cancel_at_period_end, canceled_at, cancellation_details } = subscription
  return { cancel_at, cancel_at_period_end, canceled_at, cancellation_details }
}

const staying: Ending = {
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
}

const endingAt = (world: World, subscription: Subscription, at: { time: number; periodEnd: boolean }): Ending => ({
  cancel_at: at.time,
  cancel_at_period_end: at.periodEnd,
  canceled_at: world.now(),
  cancellation_details: { ...subscription.cancellation_details, reason: 'cancellation_requested' },
})

/** How a subscription is to end, by what a request says of it. */
export const endingOf = (world: World, subscription: Subscription, input: EndingInput): Ending => {
  const { cancel_at, cancel_at_period_end } = input
  if (cancel_at !== undefined && cancel_at_period_end !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: cancel_at, cancel_at_period_end.', {
      param: 'cancel_at',
    })
  }
  const { end } = periodOf(subscription)
  if (cancel_at_period_end === true) return endingAt(world, subscription, { time: end, periodEnd: true })
  if (cancel_at_period_end === false || cancel_at === '') return staying
  if (cancel_at === undefined) return going(subscription)
  if (cancel_at === 'max_billed_until') throw notSimulated('`cancel_at: max_billed_until`', 'cancel_at')
  const time = typeof cancel_at === 'number' ? cancel_at : end
  if (time <= world.now()) {
    throw invalidRequest('Invalid timestamp: must be an integer Unix timestamp in the future.', { param: 'cancel_at' })
  }
  return endingAt(world, subscription, { time, periodEnd: false })
}
