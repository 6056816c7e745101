import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { cancelSubscription, finalDraft } from '../subscriptions/cancel.ts'
import { changeItems } from '../subscriptions/change.ts'
import { endingOf } from '../subscriptions/ending.ts'
import { moveTrial } from '../subscriptions/move-trial.ts'
import { nextDraft, noUpcoming } from '../subscriptions/preview.ts'
import type { PreviewedChange, PreviewInput } from './input.ts'

const refuseUndatable = ({ items, proration_behavior, proration_date, trial_end }: PreviewedChange): void => {
  if (proration_date === undefined) return
  if (proration_behavior === 'none') {
    throw invalidRequest('`proration_date` cannot be set when `proration_behavior` is `none`.', {
      param: 'subscription_details[proration_date]',
    })
  }
  if (items !== undefined || trial_end !== undefined) return
  throw invalidRequest('`proration_date` needs `subscription_details[items]` or `subscription_details[trial_end]`.', {
    param: 'subscription_details[proration_date]',
  })
}

/** What would be billed if it ended now. */
const endedNow = (world: World, subscription: Subscription, change: PreviewedChange): Invoice => {
  if (change.items !== undefined || change.proration_date !== undefined) {
    throw notSimulated('a change of items beside `cancel_now`', 'subscription_details[cancel_now]')
  }
  const ended = cancelSubscription(world, subscription, { prorate: change.proration_behavior !== 'none' })
  const draft = finalDraft(world, ended, world.now())
  if (draft) return draft
  throw noUpcoming(subscription.customer)
}

const laterOf = (
  world: World,
  subscription: Subscription,
  change: PreviewedChange,
): { readonly after: Subscription; readonly invoice?: Invoice } => {
  const { cancel_at: _at, cancel_at_period_end: _end, cancel_now: _now, metadata, ...rest } = change
  const planned = {
    ...subscription,
    ...endingOf(world, subscription, change),
    metadata: mergeMetadata(subscription.metadata, metadata),
  }
  const moved = moveTrial(world, planned, rest)
  const { subscription: after, invoice } = changeItems(world, moved.subscription, moved.items)
  return { after, ...(invoice ? { invoice } : {}) }
}

/** The invoice that a change of a subscription makes, or the next one after it. */
export const draftAfter = (world: World, subscription: Subscription, change: PreviewedChange): Invoice => {
  const { after, invoice } = laterOf(world, subscription, change)
  return invoice ?? nextDraft(world, after)
}

/** The same as a request asks for it. */
export const changedDraft = (world: World, subscription: Subscription, input: PreviewInput): Invoice => {
  const change = input.subscription_details ?? {}
  refuseUndatable(change)
  if (change.cancel_now === true) return endedNow(world, subscription, change)
  if (input.preview_mode !== 'recurring') return draftAfter(world, subscription, change)
  return nextDraft(world, laterOf(world, subscription, change).after)
}
