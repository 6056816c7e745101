import type { Subscription } from '../../domain/objects/subscription.ts'
import { subscriptionTermsParams } from '../../flows/connect/subscription-terms.ts'
import { type CancelInput, cancelSubscription } from '../../flows/subscriptions/cancel.ts'
import { createSubscription, type SubscriptionInput } from '../../flows/subscriptions/create.ts'
import { pauseSubscription, type ResumeInput, resumeSubscription } from '../../flows/subscriptions/pause.ts'
import { type SubscriptionUpdate, updateSubscription } from '../../flows/subscriptions/update.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const needSubscription = (call: Call): Subscription =>
  call.world.need('subscription', idOf(call), { status: 404, param: 'id' })

interface SubscriptionList {
  readonly collection_method?: string
  readonly created?: RangeInput
  readonly customer?: string
  readonly price?: string
  readonly status?: string
}

const ended = ['canceled', 'incomplete_expired']

/** Without a status, what was canceled is not shown; `ended` shows just that, `all` everything. */
const hasStatus = (subscription: Subscription, status: string | undefined): boolean => {
  if (status === undefined) return subscription.status !== 'canceled'
  if (status === 'ended') return ended.includes(subscription.status)
  return status === 'all' || subscription.status === status
}

const hasPrice = (subscription: Subscription, price: string | undefined): boolean =>
  price === undefined || subscription.items.data.some((item) => item.price.id === price)

const itemParams = ['items'] as const
const common = [
  ...itemParams,
  'automatic_tax.enabled',
  'cancel_at_period_end',
  'collection_method',
  'days_until_due',
  'default_payment_method',
  'description',
  'discounts',
  'metadata',
  'off_session',
  'payment_behavior',
  'payment_settings.save_default_payment_method',
  'proration_behavior',
  'trial_settings',
  ...subscriptionTermsParams,
] as const

export const subscriptionRoutes: Routes = {
  'POST /v1/subscriptions': route<SubscriptionInput>(
    [...common, 'customer', 'trial_end', 'trial_period_days'],
    ({ world }, input) => createSubscription(world, input),
  ),
  'GET /v1/subscriptions/{id}': route([], needSubscription),
  'POST /v1/subscriptions/{id}': route<SubscriptionUpdate>(
    [
      ...common,
      'billing_cycle_anchor',
      'cancel_at',
      'cancellation_details.comment',
      'cancellation_details.feedback',
      'pause_collection',
      'proration_date',
      'trial_end',
    ],
    (call, input) => updateSubscription(call.world, needSubscription(call), input),
  ),
  'POST /v1/subscriptions/{id}/pause': route(['type'], (call) => pauseSubscription(call.world, needSubscription(call))),
  'POST /v1/subscriptions/{id}/resume': route<ResumeInput>(
    ['billing_cycle_anchor', 'payment_behavior'],
    (call, input) => resumeSubscription(call.world, needSubscription(call), input),
  ),
  'DELETE /v1/subscriptions/{id}': route<CancelInput>(
    ['cancellation_details.comment', 'cancellation_details.feedback', 'invoice_now', 'prorate'],
    (call, input) => cancelSubscription(call.world, needSubscription(call), input),
  ),
  'GET /v1/subscriptions': route<SubscriptionList>(
    [...pageParams, 'collection_method', 'created', 'customer', 'price', 'status'],
    (call, { collection_method, created, customer, price, status }) =>
      newestFirst(
        call,
        call.world.store
          .all('subscription')
          .filter((each) => matches(each, { collection_method, customer }) && isWithin(each.created, created))
          .filter((each) => hasStatus(each, status) && hasPrice(each, price)),
      ),
  ),
}
