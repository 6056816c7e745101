import { invalidRequest } from '../../domain/failure.ts'
import type { Price } from '../../domain/objects/catalog.ts'
import type { TrialSettings } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'

export interface TrialInput {
  readonly trial_end?: number | 'now'
  readonly trial_from_plan?: boolean
  readonly trial_period_days?: number
}

const day = 86_400
const notice = 3 * day

/** The days that the prices themselves grant, the longest counts. */
export const trialOf = (items: readonly { readonly price: Price }[]): number =>
  Math.max(0, ...items.map(({ price }) => price.recurring?.trial_period_days ?? 0))

const refuseBoth = (input: TrialInput): void => {
  const other = (['trial_end', 'trial_period_days'] as const).find((name) => input[name] !== undefined)
  if (input.trial_from_plan !== true || other === undefined) return
  throw invalidRequest(`You may only specify one of these parameters: trial_from_plan, ${other}.`, {
    param: 'trial_from_plan',
  })
}

/** When a trial ends that a request asks for; null without one. `planned`: the days that its prices grant. */
export const trialEndOf = (world: World, input: TrialInput, planned = 0): number | null => {
  refuseBoth(input)
  const { trial_end } = input
  const trial_period_days = input.trial_from_plan === true ? planned : input.trial_period_days
  if (trial_end !== undefined && trial_period_days !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: trial_end, trial_period_days.', {
      param: 'trial_end',
    })
  }
  if (trial_period_days !== undefined) return trial_period_days > 0 ? world.now() + trial_period_days * day : null
  if (trial_end === undefined || trial_end === 'now') return null
  if (trial_end <= world.now()) {
    throw invalidRequest('Invalid timestamp: must be an integer Unix timestamp in the future.', { param: 'trial_end' })
  }
  return trial_end
}

/** What happens at the end of a trial without a method: by default an invoice like any other. */
export const trialSettings = (input: TrialSettings | undefined): TrialSettings => ({
  end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice', ...input?.end_behavior },
})

/** When `trial_will_end` is due: three days ahead, at once for shorter trials. */
export const trialNoticeAt = (trialEnd: number): number => trialEnd - notice

export const announceTrialEnd = (world: World, subscriptionId: string): void => {
  const subscription = world.need('subscription', subscriptionId)
  const { status, trial_end, $trialEndAnnounced } = subscription
  if (status !== 'trialing' || trial_end === null || $trialEndAnnounced === true) return
  if (trialNoticeAt(trial_end) > world.now()) return
  const announced = world.update(subscription, { $trialEndAnnounced: true })
  world.emit('customer.subscription.trial_will_end', announced)
}
