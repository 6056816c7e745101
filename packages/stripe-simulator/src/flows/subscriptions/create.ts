import { cardFailure, invalidRequest } from '../../domain/failure.ts'
import type { MetadataInput } from '../../domain/metadata.ts'
import type { Customer, PaymentMethod } from '../../domain/objects/customer.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription, SubscriptionStatus, TrialSettings } from '../../domain/objects/subscription.ts'
import { isSettled, prepared } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import type { World } from '../../world.ts'
import { type SubscriptionTermsInput, subscriptionTerms } from '../connect/subscription-terms.ts'
import { refuseDisabled } from '../connect/terms.ts'
import type { DiscountInput } from '../discounts.ts'
import { type AddedItem, addPositions } from '../invoice-items/added.ts'
import { methodFor } from '../invoices/collect.ts'
import { pendingItems, waitingItems } from '../invoices/draft.ts'
import { finalizeInvoice } from '../invoices/finalize.ts'
import { defaultPayment } from '../invoices/payments.ts'
import { createSetupIntent } from '../payments/intents.ts'
import { checkMethod } from '../payments/payment-methods.ts'
import { priceAmount, soldIn } from '../prices.ts'
import { refuseOther } from '../refuse-other.ts'
import { refuseUnlocated } from '../tax/invoice-tax.ts'
import { subscriptionPaid } from './after-payment.ts'
import { type Anchor, type AnchorInput, anchorOf } from './anchor.ts'
import { type BillingModeInput, billingMode } from './billing-mode.ts'
import { collectAndTell } from './collect.ts'
import { type EndingInput, endingOf } from './ending.ts'
import { cadenceOf, checkPrices, type ItemInput, quantityOf, recurringPrice, servedOfItems } from './items.ts'
import { type PendingIntervalInput, pendingInterval } from './pending-interval.ts'
import { announceSubscription, firstInvoice, type StartItem, startSubscription, subscriptionTax } from './start.ts'
import { announceTrialEnd, trialEndOf, trialOf, trialSettings } from './trial.ts'

export type PaymentBehavior =
  | 'allow_incomplete'
  | 'default_incomplete'
  | 'error_if_incomplete'
  | 'pending_if_incomplete'

export interface SubscriptionInput extends AnchorInput, EndingInput, SubscriptionTermsInput {
  readonly add_invoice_items?: readonly AddedItem[]
  readonly automatic_tax?: { readonly enabled: boolean }
  readonly billing_mode?: BillingModeInput
  readonly collection_method?: 'charge_automatically' | 'send_invoice'
  readonly currency?: string
  readonly customer?: string
  readonly days_until_due?: number
  readonly default_payment_method?: string
  readonly description?: string
  readonly discounts?: readonly DiscountInput[] | ''
  readonly items?: readonly ItemInput[]
  readonly metadata?: MetadataInput
  readonly off_session?: boolean
  readonly payment_behavior?: PaymentBehavior
  readonly payment_settings?: { readonly save_default_payment_method?: 'off' | 'on_subscription' }
  readonly pending_invoice_item_interval?: PendingIntervalInput | ''
  readonly trial_end?: number | 'now'
  readonly trial_from_plan?: boolean
  readonly trial_period_days?: number
  readonly trial_settings?: TrialSettings
}

export const startItems = (
  world: World,
  inputs: readonly ItemInput[],
  currency?: string,
): readonly [StartItem, ...StartItem[]] => {
  const items = inputs.map((input, index) => {
    const param = `items[${index}]`
    refuseOther(input, servedOfItems, param)
    const price = soldIn(recurringPrice(world, input, param), currency, `${param}[price]`)
    const quantity = quantityOf(price, input.quantity, param)
    return { price, quantity, ...(input.metadata === undefined ? {} : { metadata: input.metadata }) }
  })
  checkPrices(items.map((item) => item.price))
  return items as unknown as readonly [StartItem, ...StartItem[]]
}

const firstStatus = (input: SubscriptionInput, trialEnd: number | null, free: boolean): SubscriptionStatus => {
  if (trialEnd !== null) return 'trialing'
  return free || input.collection_method === 'send_invoice' ? 'active' : 'incomplete'
}

const fieldsOf = (world: World, input: SubscriptionInput): Partial<Subscription> => ({
  automatic_tax: subscriptionTax(input.automatic_tax?.enabled === true),
  billing_mode: billingMode(input.billing_mode),
  collection_method: input.collection_method ?? 'charge_automatically',
  days_until_due: input.days_until_due ?? null,
  default_payment_method: input.default_payment_method ?? null,
  description: input.description ?? null,
  payment_settings: {
    payment_method_options: null,
    payment_method_types: null,
    save_default_payment_method: 'off',
    ...input.payment_settings,
  },
  ...pendingInterval(world, input.pending_invoice_item_interval),
  trial_settings: trialSettings(input.trial_settings),
})

const refuseUnpayable = (world: World, invoice: Invoice): void => {
  if (invoice.amount_due === 0 || methodFor(world, invoice)) return
  throw invalidRequest(
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.',
    { code: 'resource_missing' },
  )
}

const waitForCustomer = (world: World, invoice: Invoice, method: PaymentMethod | undefined): void => {
  const payment = defaultPayment(world, invoice.id)
  if (!payment || !method) return
  world.update(world.need('payment_intent', payment.payment.payment_intent), prepared(method.id))
}

interface Opened {
  readonly invoice: Invoice
  readonly input: SubscriptionInput
}

const charge = (world: World, { invoice, input }: Opened): void => {
  const offSession = input.off_session === true
  const collection = { method: methodFor(world, invoice), automatic: true, offSession }
  const { intent } = collectAndTell(world, invoice, collection)
  if (input.payment_behavior !== 'error_if_incomplete' || !intent || isSettled(intent)) return
  throw cardFailure(intent.last_payment_error, render(intent))
}

const settle = (world: World, subscription: Subscription, opened: Opened): void => {
  const { invoice, input } = opened
  if (invoice.status === 'paid') subscriptionPaid(world, invoice)
  else if (subscription.collection_method === 'send_invoice') return
  else if (input.payment_behavior === 'default_incomplete') waitForCustomer(world, invoice, methodFor(world, invoice))
  else charge(world, opened)
}

const bill = (world: World, started: Subscription, input: SubscriptionInput): void => {
  const subscription = announceSubscription(world, started, (input.add_invoice_items ?? []).length > 0)
  addPositions(world, subscription, input.add_invoice_items)
  const draft = firstInvoice(world, subscription, { items: pendingItems(world, subscription) })
  if (!draft) return
  const strict =
    subscription.collection_method === 'charge_automatically' && input.payment_behavior !== 'default_incomplete'
  if (strict) refuseUnpayable(world, draft)
  settle(world, subscription, { invoice: finalizeInvoice(world, draft), input })
}

/** A trial without a method asks for one that will be charged later. */
const askForMethod = (world: World, subscription: Subscription): Subscription => {
  const customer = world.need('customer', subscription.customer)
  const has = subscription.default_payment_method ?? customer.invoice_settings.default_payment_method
  if (subscription.status !== 'trialing' || has !== null) return subscription
  const intent = createSetupIntent(world, { customer: customer.id, $subscription: subscription.id })
  return world.update(subscription, { pending_setup_intent: intent.id })
}

/** Whether something beside its prices has to be paid when it begins: what it brings along, or what waited. */
const bringsBills = (world: World, items: readonly StartItem[], input: SubscriptionInput): boolean => {
  const [first] = items
  const waiting = first ? waitingItems(world, { customer: input.customer ?? '', currency: first.price.currency }) : []
  return (input.add_invoice_items ?? []).length > 0 || waiting.some((item) => item.$subscription === undefined)
}

/** Whether its prices cost nothing yet: without a trial, in full and at once; or not at all until the anchor. */
const isFree = (world: World, items: readonly StartItem[], anchor: Anchor): boolean =>
  (!anchor.prorates && anchor.at > world.now()) ||
  items.every(({ price, quantity }) => quantity === undefined || priceAmount(world, price, quantity) === 0)

const begin = (world: World, input: SubscriptionInput, customer: Customer): Subscription => {
  const items = startItems(world, input.items ?? [], input.currency)
  const [{ price }] = items
  const trialEnd = trialEndOf(world, input, trialOf(items))
  const anchor = anchorOf(world, input, { cadence: cadenceOf(price), trialEnd })
  const started = startSubscription(world, {
    customer: customer.id,
    items,
    status: firstStatus(input, trialEnd, isFree(world, items, anchor) && !bringsBills(world, items, input)),
    trialEnd,
    anchor,
    discounts: input.discounts === '' ? [] : (input.discounts ?? []),
    fields: { ...fieldsOf(world, input), ...subscriptionTerms(world, { input }) },
    ...(input.metadata === undefined ? {} : { metadata: input.metadata }),
  })
  return world.update(started, endingOf(world, started, input))
}

const create = (world: World, input: SubscriptionInput): Subscription => {
  refuseDisabled(world)
  const customer = world.need('customer', input.customer ?? '', { param: 'customer' })
  checkMethod(world, input.default_payment_method, customer.id)
  if (input.automatic_tax?.enabled === true) refuseUnlocated(customer)
  const subscription = begin(world, input, customer)
  if (customer.currency === null) world.update(customer, { currency: subscription.currency })
  bill(world, askForMethod(world, subscription), input)
  announceTrialEnd(world, subscription.id)
  return world.need('subscription', subscription.id)
}

/** With `error_if_incomplete` a failing payment leaves nothing behind. */
export const createSubscription = (world: World, input: SubscriptionInput): Subscription =>
  world.atomically(
    () => create(world, input),
    () => input.payment_behavior !== 'error_if_incomplete',
  )
