import type { Subscription } from '../../domain/objects/subscription.ts'
import { endDiscount } from '../../flows/end-discount.ts'
import { type CancelInput, cancelSubscription } from '../../flows/subscriptions/cancel.ts'
import { createSubscription, type SubscriptionInput } from '../../flows/subscriptions/create.ts'
import { pauseSubscription, type ResumeInput, resumeSubscription } from '../../flows/subscriptions/pause.ts'
import { type SubscriptionUpdate, updateSubscription } from '../../flows/subscriptions/update.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const needSubscription = (call: Call): Subscription =>
  call.world.need('subscription', idOf(call), { status: 404, param: 'id' })

interface SubscriptionList {
  readonly automatic_tax?: { readonly enabled: boolean }
  readonly collection_method?: string
  readonly created?: RangeInput
  readonly current_period_end?: RangeInput
  readonly current_period_start?: RangeInput
  readonly customer?: string
  /** The id that the price had as a plan: the same. */
  readonly plan?: string
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
  'add_invoice_items',
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
] as const

const listFilters = [
  'automatic_tax',
  'collection_method',
  'created',
  'current_period_end',
  'current_period_start',
  'customer',
  'plan',
  'price',
  'status',
] as const

/** The period that a list asks for: the earliest end and the latest start of the items. */
const isInPeriod = ({ items }: Subscription, { current_period_end, current_period_start }: SubscriptionList): boolean =>
  isWithin(Math.min(...items.data.map((item) => item.current_period_end)), current_period_end) &&
  isWithin(Math.max(...items.data.map((item) => item.current_period_start)), current_period_start)

const isListed = (subscription: Subscription, filters: SubscriptionList): boolean => {
  const { automatic_tax, collection_method, created, customer, plan, price, status } = filters
  return (
    matches(subscription, { collection_method, customer }) &&
    isWithin(subscription.created, created) &&
    isInPeriod(subscription, filters) &&
    (automatic_tax === undefined || automatic_tax.enabled === subscription.automatic_tax.enabled) &&
    [plan, price].every((id) => hasPrice(subscription, id)) &&
    hasStatus(subscription, status)
  )
}

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
  'DELETE /v1/subscriptions/{id}/discount': route([], (call) => endDiscount(call.world, needSubscription(call))),
  'GET /v1/subscriptions': route<SubscriptionList>([...pageParams, ...listFilters], (call, filters) =>
    newestFirst(
      call,
      call.world.store.all('subscription').filter((each) => isListed(each, filters)),
    ),
  ),
}
