import { cardFailure, invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Subscription, TrialSettings } from '../../domain/objects/subscription.ts'
import { isSettled } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import type { World } from '../../world.ts'
import { type SubscriptionTermsInput, subscriptionTerms } from '../connect/subscription-terms.ts'
import { applyDiscounts, type DiscountInput, removeDiscount } from '../discounts.ts'
import { type AddedItem, addPositions } from '../invoice-items/added.ts'
import { methodFor } from '../invoices/collect.ts'
import { finalizeInvoice } from '../invoices/finalize.ts'
import { checkMethod } from '../payments/payment-methods.ts'
import { refuseUnlocated } from '../tax/invoice-tax.ts'
import { subscriptionUnpaid } from './after-payment.ts'
import { type CancellationInput, cancellationOf } from './cancel.ts'
import { type Changed, changeItems, type ItemsInput } from './change.ts'
import { collectAndTell } from './collect.ts'
import type { PaymentBehavior } from './create.ts'
import { type EndingInput, endingOf } from './ending.ts'
import { periodOf } from './items.ts'
import { moveTrial } from './move-trial.ts'
import { type PendingIntervalInput, pendingInterval } from './pending-interval.ts'
import { collectChange, dropPending, holdBack, refuseUnpendable } from './pending-update.ts'
import { subscriptionTax } from './start.ts'
import { type TrialInput, trialEndOf, trialOf, trialSettings } from './trial.ts'

export interface SubscriptionUpdate extends ItemsInput, EndingInput, SubscriptionTermsInput {
  readonly add_invoice_items?: readonly AddedItem[]
  readonly automatic_tax?: { readonly enabled: boolean }
  readonly cancellation_details?: CancellationInput
  readonly collection_method?: 'charge_automatically' | 'send_invoice'
  readonly days_until_due?: number
  readonly default_payment_method?: string
  readonly description?: string
  readonly discounts?: readonly DiscountInput[] | ''
  readonly metadata?: MetadataInput
  readonly off_session?: boolean
  readonly pause_collection?: { readonly behavior: string; readonly resumes_at?: number } | ''
  readonly payment_behavior?: PaymentBehavior
  readonly payment_settings?: Readonly<Record<string, unknown>>
  readonly pending_invoice_item_interval?: PendingIntervalInput | ''
  readonly trial_end?: number | 'now'
  readonly trial_from_plan?: boolean
  readonly trial_settings?: TrialSettings
}

const always = ['metadata', 'cancellation_details', 'default_payment_method', 'payment_settings', 'expand']

const refuseEnded = (subscription: Subscription, input: SubscriptionUpdate): void => {
  const other = Object.keys(input).find((name) => !always.includes(name))
  if (subscription.ended_at !== null && other !== undefined) {
    throw invalidRequest('A canceled subscription can only update its cancellation_details and metadata.', {
      param: other,
    })
  }
  if (subscription.status === 'incomplete' && other !== undefined) {
    throw invalidRequest(
      'A subscription in status `incomplete` can only update its metadata and default payment method.',
      { param: other },
    )
  }
}

const refuseScheduled = ({ schedule }: Subscription, input: SubscriptionUpdate): void => {
  if (schedule === null || (input.cancel_at === undefined && input.cancel_at_period_end === undefined)) return
  throw invalidRequest(
    `The subscription is managed by the subscription schedule \`${schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`,
    { param: input.cancel_at === undefined ? 'cancel_at_period_end' : 'cancel_at' },
  )
}

const pauseOf = (subscription: Subscription, input: SubscriptionUpdate): Subscription['pause_collection'] => {
  const { pause_collection: pause } = input
  if (pause === undefined) return subscription.pause_collection
  return pause === '' ? null : { behavior: pause.behavior, resumes_at: pause.resumes_at ?? null }
}

const discountsOf = (world: World, subscription: Subscription, input: SubscriptionUpdate): readonly string[] => {
  if (input.discounts === undefined) return subscription.discounts
  const { customer, currency, id } = subscription
  const owner = { customer, currency, subscription: id }
  const discounts = applyDiscounts(world, input.discounts === '' ? [] : input.discounts, owner)
  for (const each of subscription.discounts) if (!discounts.includes(each)) removeDiscount(world, each)
  return discounts
}

const textOf = (old: string | null, given: string | undefined): string | null =>
  given === undefined ? old : given || null

const plainChanges = (world: World, subscription: Subscription, input: SubscriptionUpdate): Partial<Subscription> => {
  const ending = endingOf(world, subscription, input)
  return {
    ...ending,
    ...subscriptionTerms(world, { old: subscription, input }),
    automatic_tax: input.automatic_tax ? subscriptionTax(input.automatic_tax.enabled) : subscription.automatic_tax,
    cancellation_details: cancellationOf(world, ending.cancellation_details, input.cancellation_details),
    collection_method: input.collection_method ?? subscription.collection_method,
    days_until_due: input.days_until_due ?? subscription.days_until_due,
    default_payment_method: textOf(subscription.default_payment_method, input.default_payment_method),
    description: textOf(subscription.description, input.description),
    discounts: discountsOf(world, subscription, input),
    metadata: mergeMetadata(subscription.metadata, input.metadata),
    pause_collection: pauseOf(subscription, input),
    ...pendingInterval(world, input.pending_invoice_item_interval),
    payment_settings: { ...(subscription.payment_settings as object), ...input.payment_settings },
    trial_settings: input.trial_settings ? trialSettings(input.trial_settings) : subscription.trial_settings,
  }
}

const settle = (world: World, changed: Changed, input: SubscriptionUpdate): void => {
  if (!changed.invoice) return
  const invoice = finalizeInvoice(world, changed.invoice)
  if (invoice.status === 'paid' || changed.subscription.collection_method === 'send_invoice') return
  if (input.payment_behavior === 'default_incomplete') {
    subscriptionUnpaid(world, invoice)
    return
  }
  const method = methodFor(world, invoice)
  const { intent } = collectAndTell(world, invoice, { method, automatic: true, offSession: input.off_session === true })
  const strict = input.payment_behavior === 'error_if_incomplete'
  if (strict && intent && !isSettled(intent)) throw cardFailure(intent.last_payment_error, render(intent))
}

const movedEnding = (subscription: Subscription): Partial<Subscription> =>
  subscription.cancel_at_period_end ? { cancel_at: periodOf(subscription).end } : {}

interface Change {
  readonly changed: Changed
  readonly input: SubscriptionUpdate
}

const save = (world: World, subscription: Subscription, changed: Changed): void => {
  const { id: _id, object: _object, ...changes } = { ...changed.subscription, ...movedEnding(changed.subscription) }
  const latest = changed.invoice ? { latest_invoice: changed.invoice.id } : {}
  world.update(subscription, { ...changes, ...latest }, 'customer.subscription.updated')
}

const changeNow = (world: World, subscription: Subscription, { changed, input }: Change): Subscription => {
  save(world, subscription, changed)
  settle(world, changed, input)
  return world.need('subscription', subscription.id)
}

const changeWhenPaid = (world: World, subscription: Subscription, { changed, input }: Change): Subscription => {
  const paid = changed.invoice && collectChange(world, changed.invoice, input.off_session === true).status === 'paid'
  if (paid) save(world, subscription, changed)
  else holdBack(world, subscription, changed)
  return world.need('subscription', subscription.id)
}

/** The trial that the new prices grant, where a request asks for it. */
const plannedTrial = (world: World, subscription: Subscription, input: SubscriptionUpdate) => {
  if (input.trial_from_plan !== true) return {}
  const prices = input.items?.flatMap(({ price }) => (price === undefined ? [] : world.need('price', price))) ?? []
  const items = prices.length > 0 ? prices.map((price) => ({ price })) : subscription.items.data
  const end = trialEndOf(world, input as TrialInput, trialOf(items))
  return end === null ? {} : { trial_end: end }
}

const update = (world: World, subscription: Subscription, input: SubscriptionUpdate): Subscription => {
  if (input.automatic_tax?.enabled === true) refuseUnlocated(world.need('customer', subscription.customer))
  checkMethod(world, input.default_payment_method, subscription.customer)
  const planned = { ...subscription, ...plainChanges(world, subscription, input) }
  addPositions(world, subscription, input.add_invoice_items)
  const moved = moveTrial(world, planned, { ...input, ...plannedTrial(world, planned, input) })
  const changed = changeItems(world, moved.subscription, moved.items)
  return input.payment_behavior === 'pending_if_incomplete' && changed.invoice
    ? changeWhenPaid(world, subscription, { changed, input })
    : changeNow(world, subscription, { changed, input })
}

/** Changes a subscription; a change that is billed at once is also paid at once, or not, as `payment_behavior` says. */
export const updateSubscription = (
  world: World,
  subscription: Subscription,
  input: SubscriptionUpdate,
): Subscription => {
  if (input.payment_behavior === 'pending_if_incomplete') refuseUnpendable(input)
  refuseEnded(subscription, input)
  refuseScheduled(subscription, input)
  return world.atomically(
    () => update(world, input.items ? dropPending(world, subscription) : subscription, input),
    () => input.payment_behavior !== 'error_if_incomplete',
  )
}
