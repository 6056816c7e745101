import type { StripeObject } from '../domain/objects/base.ts'
import type { Invoice } from '../domain/objects/invoice.ts'
import type { Subscription } from '../domain/objects/subscription.ts'
import type { TestClock } from '../domain/objects/test-clock.ts'
import type { World } from '../world.ts'
import { debitDues } from './bank-answers.ts'
import { expireSession } from './checkout/expire.ts'
import { creditDues } from './credits/apply.ts'
import { disputeDues } from './disputes.ts'
import { dueDateDues } from './invoices/due-dates.ts'
import { defaultPayment } from './invoices/payments.ts'
import { finalizesAt } from './invoices/webhooks-answered.ts'
import { captureDues } from './payments/capture.ts'
import { failRefund } from './refunds.ts'
import { scheduleDues } from './schedules/course.ts'
import { endSubscription, expireSubscription } from './subscriptions/cancel.ts'
import { periodOf } from './subscriptions/items.ts'
import { pendingIntervalDues } from './subscriptions/pending-interval.ts'
import { expirePending } from './subscriptions/pending-update.ts'
import { renewSubscription } from './subscriptions/renew.ts'
import { endPause, giveUpResuming } from './subscriptions/resume.ts'
import { finalizeDue, retryDue } from './subscriptions/retry.ts'
import { announceTrialEnd, trialNoticeAt } from './subscriptions/trial.ts'
import { upcomingDues } from './subscriptions/upcoming.ts'
import { clockIdOf } from './test-clocks/belonging.ts'
import { deleteClock } from './test-clocks/clocks.ts'

interface Timed {
  readonly at: number
  readonly run: () => void
}

/** Something that time brings about. */
export interface Due extends Timed {
  /** What it happens to: that decides by which clock. */
  readonly about: StripeObject
}

const incompleteSeconds = 23 * 3600

const renewing = ['active', 'trialing', 'past_due', 'unpaid']

const trialNotice = (world: World, subscription: Subscription): Timed[] => {
  const { status, trial_end, $trialEndAnnounced } = subscription
  if (status !== 'trialing' || trial_end === null || $trialEndAnnounced === true) return []
  return [{ at: trialNoticeAt(trial_end), run: () => announceTrialEnd(world, subscription.id) }]
}

const unpause = (world: World, subscription: Subscription): Timed[] => {
  const at = subscription.pause_collection?.resumes_at
  if (at === null || at === undefined) return []
  return [{ at, run: () => world.update(subscription, { pause_collection: null }, 'customer.subscription.updated') }]
}

/** A debit that is on its way may take longer than a subscription waits for its first payment. */
const isBeingPaid = (world: World, { latest_invoice }: Subscription): boolean => {
  const payment = latest_invoice === null ? undefined : defaultPayment(world, latest_invoice)
  return payment !== undefined && world.need('payment_intent', payment.payment.payment_intent).status === 'processing'
}

const ending = (world: World, subscription: Subscription): Timed[] => {
  const { cancel_at, status, created } = subscription
  if (status === 'incomplete') {
    if (isBeingPaid(world, subscription)) return []
    return [{ at: created + incompleteSeconds, run: () => expireSubscription(world, subscription) }]
  }
  if (cancel_at === null) return []
  return [{ at: cancel_at, run: () => endSubscription(world, subscription) }]
}

const pendingUpdate = (world: World, subscription: Subscription): Timed[] => {
  const at = subscription.pending_update?.expires_at
  return at === undefined ? [] : [{ at, run: () => expirePending(world, subscription) }]
}

const resumption = (world: World, subscription: Subscription): Timed[] => {
  const at = subscription.$resumption?.until
  return at === undefined ? [] : [{ at, run: () => giveUpResuming(world, subscription) }]
}

const pauseEnd = (world: World, subscription: Subscription): Timed[] => {
  const { $pausedUntil: at, $resumption: resuming, status } = subscription
  if (status !== 'paused' || at === undefined || resuming !== undefined) return []
  return [{ at, run: () => void endPause(world, subscription) }]
}

const renewal = (world: World, subscription: Subscription): Timed[] => {
  if (!renewing.includes(subscription.status)) return []
  return [{ at: periodOf(subscription).end, run: () => renewSubscription(world, subscription) }]
}

/** What may happen to a subscription; at the same moment, in this order. */
const subscriptionCourse = [
  ending,
  trialNotice,
  unpause,
  pendingUpdate,
  resumption,
  pauseEnd,
  upcomingDues,
  renewal,
  pendingIntervalDues,
]

const subscriptionDues = (world: World, subscription: Subscription): Timed[] =>
  subscription.ended_at === null ? subscriptionCourse.flatMap((find) => find(world, subscription)) : []

const collectionDues = (world: World, invoice: Invoice): Timed[] => {
  const { status, next_payment_attempt: retries } = invoice
  const finalizes = finalizesAt(world, invoice)
  if (status === 'draft' && finalizes !== null) return [{ at: finalizes, run: () => finalizeDue(world, invoice) }]
  if (status === 'open' && retries !== null) return [{ at: retries, run: () => retryDue(world, invoice) }]
  return []
}

const invoiceDues = (world: World, invoice: Invoice): Timed[] => [
  ...collectionDues(world, invoice),
  ...dueDateDues(world, invoice),
]

/** Stripe keeps a test clock for a while, and then deletes it with all that is its own. */
const clockDues = (world: World, clock: TestClock): Timed[] =>
  clock.deleted || clock.status === 'advancing'
    ? []
    : [{ at: clock.deletes_after, run: () => void deleteClock(world, clock) }]

const duesOf = <T extends StripeObject>(objects: readonly T[], find: (object: T) => readonly Timed[]): Due[] =>
  objects.flatMap((object) => find(object).map((due) => ({ ...due, about: object })))

/** Everything that is still to come, in no order. */
const dues = (world: World): Due[] => {
  const { store } = world
  const sessions = store.all('checkout.session').filter((session) => session.status === 'open')
  const refunds = store.all('refund').filter((refund) => refund.$failsAt !== undefined)
  return [
    // A phase that ends with a period changes what the next period bills: it comes first.
    ...scheduleDues(world),
    ...duesOf(store.all('subscription'), (subscription) => subscriptionDues(world, subscription)),
    ...duesOf(store.all('invoice'), (invoice) => invoiceDues(world, invoice)),
    ...debitDues(world),
    ...duesOf(store.all('billing.credit_grant'), (grant) => creditDues(world, grant)),
    ...disputeDues(world),
    ...captureDues(world),
    ...duesOf(sessions, (session) => [{ at: session.expires_at, run: () => void expireSession(world, session) }]),
    ...duesOf(refunds, (refund) => [{ at: refund.$failsAt ?? 0, run: () => failRefund(world, refund) }]),
    ...duesOf(store.all('test_helpers.test_clock'), (clock) => clockDues(world, clock)),
  ]
}

/** The next thing that happens at or before a moment, by a test clock or, with null, by the accounts' own time. */
export const nextDue = (worlds: readonly World[], until: number, clock: string | null): Due | undefined =>
  worlds
    .flatMap((world) => dues(world).filter((due) => due.at <= until && clockIdOf(world, due.about) === clock))
    .reduce<Due | undefined>((first, due) => (first && first.at <= due.at ? first : due), undefined)
