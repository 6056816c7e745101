import type { Subscription } from '../../domain/objects/subscription.ts'
import { subscriptionTermsParams } from '../../flows/connect/subscription-terms.ts'
import { endDiscount } from '../../flows/end-discount.ts'
import { type BillingModeInput, migrateSubscription } from '../../flows/subscriptions/billing-mode.ts'
import { type CancelInput, cancelSubscription } from '../../flows/subscriptions/cancel.ts'
import { createSubscription, type SubscriptionInput } from '../../flows/subscriptions/create.ts'
import { type PauseInput, pauseSubscription } from '../../flows/subscriptions/pause.ts'
import { type ResumeInput, resumeSubscription } from '../../flows/subscriptions/resume.ts'
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
  readonly plan?: string
  readonly price?: string
  readonly status?: string
  readonly test_clock?: string
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

/** Without the filter, and without a customer, what lives by a test clock is left out. */
const ofClock = ({ customer, test_clock }: SubscriptionList): { test_clock?: string | null } => {
  if (test_clock !== undefined) return { test_clock }
  return customer === undefined ? { test_clock: null } : {}
}

/** The period that a list asks for: the earliest end and the latest start of the items. */
const isInPeriod = ({ items }: Subscription, { current_period_end, current_period_start }: SubscriptionList): boolean =>
  isWithin(Math.min(...items.data.map((item) => item.current_period_end)), current_period_end) &&
  isWithin(Math.max(...items.data.map((item) => item.current_period_start)), current_period_start)

const isTaxed = ({ automatic_tax }: Subscription, asked: SubscriptionList['automatic_tax']): boolean =>
  asked === undefined || automatic_tax.enabled === asked.enabled

const isListed = (subscription: Subscription, list: SubscriptionList): boolean => {
  const { collection_method, created, customer, plan, price, status } = list
  return (
    matches(subscription, { collection_method, customer, ...ofClock(list) }) &&
    isWithin(subscription.created, created) &&
    isInPeriod(subscription, list) &&
    isTaxed(subscription, list.automatic_tax) &&
    hasStatus(subscription, status) &&
    hasPrice(subscription, price) &&
    hasPrice(subscription, plan)
  )
}

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
  'pending_invoice_item_interval',
  'proration_behavior',
  'trial_from_plan',
  'trial_settings',
  ...subscriptionTermsParams,
] as const

export const subscriptionRoutes: Routes = {
  'POST /v1/subscriptions': route<SubscriptionInput>(
    [
      ...common,
      'backdate_start_date',
      'billing_cycle_anchor',
      'billing_cycle_anchor_config',
      'billing_mode',
      'cancel_at',
      'currency',
      'customer',
      'trial_end',
      'trial_period_days',
    ],
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
      'cancellation_details.feedback_option',
      'pause_collection',
      'proration_date',
      'trial_end',
    ],
    (call, input) => updateSubscription(call.world, needSubscription(call), input),
  ),
  'POST /v1/subscriptions/{id}/migrate': route<{ billing_mode: BillingModeInput }>(
    ['billing_mode'],
    (call, { billing_mode }) => migrateSubscription(call.world, needSubscription(call), billing_mode),
  ),
  'POST /v1/subscriptions/{id}/pause': route<PauseInput>(['bill_for', 'invoicing_behavior', 'type'], (call, input) =>
    pauseSubscription(call.world, needSubscription(call), input),
  ),
  'POST /v1/subscriptions/{id}/resume': route<ResumeInput>(
    ['billing_cycle_anchor', 'payment_behavior', 'proration_behavior', 'proration_date'],
    (call, input) => resumeSubscription(call.world, needSubscription(call), input),
  ),
  'DELETE /v1/subscriptions/{id}': route<CancelInput>(
    [
      'cancellation_details.comment',
      'cancellation_details.feedback',
      'cancellation_details.feedback_option',
      'invoice_now',
      'prorate',
    ],
    (call, input) => cancelSubscription(call.world, needSubscription(call), input),
  ),
  'DELETE /v1/subscriptions/{id}/discount': route([], (call) => endDiscount(call.world, needSubscription(call))),
  'GET /v1/subscriptions': route<SubscriptionList>(
    [
      ...pageParams,
      'automatic_tax',
      'collection_method',
      'created',
      'current_period_end',
      'current_period_start',
      'customer',
      'plan',
      'price',
      'status',
      'test_clock',
    ],
    (call, list) =>
      newestFirst(
        call,
        call.world.store.all('subscription').filter((each) => isListed(each, list)),
      ),
  ),
}
