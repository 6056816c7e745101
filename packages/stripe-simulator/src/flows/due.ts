import type { Invoice } from '../domain/objects/invoice.ts'
import type { Subscription } from '../domain/objects/subscription.ts'
import type { World } from '../world.ts'
import { expireSession } from './checkout/expire.ts'
import { disputeDues } from './disputes.ts'
import { captureDues } from './payments/capture.ts'
import { failRefund } from './refunds.ts'
import { scheduleDues } from './schedules/schedules.ts'
import { endSubscription, expireSubscription } from './subscriptions/cancel.ts'
import { periodOf } from './subscriptions/items.ts'
import { giveUpResuming } from './subscriptions/pause.ts'
import { expirePending } from './subscriptions/pending-update.ts'
import { renewSubscription } from './subscriptions/renew.ts'
import { finalizeDue, retryDue } from './subscriptions/retry.ts'
import { announceTrialEnd, trialNoticeAt } from './subscriptions/trial.ts'
import { upcomingDues } from './subscriptions/upcoming.ts'

/** Something that time brings about. */
export interface Due {
  readonly at: number
  readonly run: () => void
}

const incompleteSeconds = 23 * 3600

const renewing = ['active', 'trialing', 'past_due', 'unpaid']

const trialNotice = (world: World, subscription: Subscription): Due[] => {
  const { status, trial_end, $trialEndAnnounced } = subscription
  if (status !== 'trialing' || trial_end === null || $trialEndAnnounced === true) return []
  return [{ at: trialNoticeAt(trial_end), run: () => announceTrialEnd(world, subscription.id) }]
}

const unpause = (world: World, subscription: Subscription): Due[] => {
  const at = subscription.pause_collection?.resumes_at
  if (at === null || at === undefined) return []
  return [{ at, run: () => world.update(subscription, { pause_collection: null }, 'customer.subscription.updated') }]
}

const ending = (world: World, subscription: Subscription): Due[] => {
  const { cancel_at, status, created } = subscription
  if (status === 'incomplete') {
    return [{ at: created + incompleteSeconds, run: () => expireSubscription(world, subscription) }]
  }
  if (cancel_at === null) return []
  return [{ at: cancel_at, run: () => endSubscription(world, subscription) }]
}

const pendingUpdate = (world: World, subscription: Subscription): Due[] => {
  const at = subscription.pending_update?.expires_at
  return at === undefined ? [] : [{ at, run: () => expirePending(world, subscription) }]
}

const resumption = (world: World, subscription: Subscription): Due[] => {
  const at = subscription.$resumption?.until
  return at === undefined ? [] : [{ at, run: () => giveUpResuming(world, subscription) }]
}

const renewal = (world: World, subscription: Subscription): Due[] => {
  if (!renewing.includes(subscription.status)) return []
  return [{ at: periodOf(subscription).end, run: () => renewSubscription(world, subscription) }]
}

const subscriptionDues = (world: World, subscription: Subscription): Due[] =>
  subscription.ended_at === null
    ? [ending, trialNotice, unpause, pendingUpdate, resumption, upcomingDues, renewal].flatMap((find) =>
        find(world, subscription),
      )
    : []

const invoiceDues = (world: World, invoice: Invoice): Due[] => {
  const { status, automatically_finalizes_at: finalizes, next_payment_attempt: retries } = invoice
  if (status === 'draft' && finalizes !== null) return [{ at: finalizes, run: () => finalizeDue(world, invoice) }]
  if (status === 'open' && retries !== null) return [{ at: retries, run: () => retryDue(world, invoice) }]
  return []
}

/** Everything that is still to come, in no order. */
const dues = (world: World): Due[] => {
  const { store } = world
  const sessions = store.all('checkout.session').filter((session) => session.status === 'open')
  const refunds = store.all('refund').filter((refund) => refund.$failsAt !== undefined)
  return [
    // A phase that ends with a period changes what the next period bills: it comes first.
    ...scheduleDues(world),
    ...store.all('subscription').flatMap((subscription) => subscriptionDues(world, subscription)),
    ...store.all('invoice').flatMap((invoice) => invoiceDues(world, invoice)),
    ...disputeDues(world),
    ...captureDues(world),
    ...sessions.map((session) => ({ at: session.expires_at, run: () => void expireSession(world, session) })),
    ...refunds.map((refund) => ({ at: refund.$failsAt ?? 0, run: () => failRefund(world, refund) })),
  ]
}

/** The next thing that happens at or before a moment, in whichever account. */
export const nextDue = (worlds: readonly World[], until: number): Due | undefined =>
  worlds
    .flatMap(dues)
    .filter((due) => due.at <= until)
    .reduce<Due | undefined>((first, due) => (first && first.at <= due.at ? first : due), undefined)
