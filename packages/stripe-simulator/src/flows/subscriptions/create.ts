import { cardFailure, invalidRequest } from '../../domain/failure.ts'
import type { MetadataInput } from '../../domain/metadata.ts'
import type { Customer, PaymentMethod } from '../../domain/objects/customer.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription, SubscriptionStatus, TrialSettings } from '../../domain/objects/subscription.ts'
import { prepared } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import type { World } from '../../world.ts'
import { type SubscriptionTermsInput, subscriptionTerms } from '../connect/subscription-terms.ts'
import { refuseDisabled } from '../connect/terms.ts'
import type { DiscountInput } from '../discounts.ts'
import { methodFor } from '../invoices/collect.ts'
import { finalizeInvoice } from '../invoices/finalize.ts'
import { defaultPayment } from '../invoices/payments.ts'
import { createSetupIntent } from '../payments/intents.ts'
import { priceAmount } from '../prices.ts'
import { isKnown, placeOf } from '../tax/rates.ts'
import { subscriptionPaid } from './after-payment.ts'
import { collectAndTell } from './collect.ts'
import { checkPrices, type ItemInput, quantityOf, recurringPrice } from './items.ts'
import { announceSubscription, firstInvoice, type StartItem, startSubscription, subscriptionTax } from './start.ts'
import { announceTrialEnd, trialEndOf, trialSettings } from './trial.ts'

export type PaymentBehavior =
  | 'allow_incomplete'
  | 'default_incomplete'
  | 'error_if_incomplete'
  | 'pending_if_incomplete'

export interface SubscriptionInput extends SubscriptionTermsInput {
  readonly automatic_tax?: { readonly enabled: boolean }
  readonly cancel_at_period_end?: boolean
  readonly collection_method?: 'charge_automatically' | 'send_invoice'
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
  readonly trial_end?: number | 'now'
  readonly trial_period_days?: number
  readonly trial_settings?: TrialSettings
}

export const startItems = (world: World, inputs: readonly ItemInput[]): readonly [StartItem, ...StartItem[]] => {
  const items = inputs.map((input, index) => {
    const param = `items[${index}]`
    const price = recurringPrice(world, input, param)
    const quantity = quantityOf(price, input.quantity, param)
    return { price, quantity, ...(input.metadata === undefined ? {} : { metadata: input.metadata }) }
  })
  checkPrices(items.map((item) => item.price))
  return items as unknown as readonly [StartItem, ...StartItem[]]
}

/** A method can pay for a customer's subscription only when it is attached to them. */
export const checkMethod = (world: World, id: string | undefined, customer: string): void => {
  if (id === undefined || id === '') return
  if (world.store.get('payment_method', id)?.customer === customer) return
  throw invalidRequest(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
    { code: 'resource_missing', param: 'default_payment_method' },
  )
}

/** Nobody knows the tax of a customer without an address. */
export const refuseUnlocated = (customer: Customer): void => {
  if (isKnown(placeOf(customer))) return
  throw invalidRequest(
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    { code: 'customer_tax_location_invalid', param: 'automatic_tax[enabled]' },
  )
}

const firstStatus = (input: SubscriptionInput, trialEnd: number | null, free: boolean): SubscriptionStatus => {
  if (trialEnd !== null) return 'trialing'
  return free || input.collection_method === 'send_invoice' ? 'active' : 'incomplete'
}

const fieldsOf = (input: SubscriptionInput): Partial<Subscription> => ({
  automatic_tax: subscriptionTax(input.automatic_tax?.enabled === true),
  cancel_at_period_end: false,
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
  if (input.payment_behavior !== 'error_if_incomplete' || !intent || intent.status === 'succeeded') return
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
  const subscription = announceSubscription(world, started, false)
  const draft = firstInvoice(world, subscription)
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

const create = (world: World, input: SubscriptionInput): Subscription => {
  refuseDisabled(world)
  const customer = world.need('customer', input.customer ?? '', { param: 'customer' })
  checkMethod(world, input.default_payment_method, customer.id)
  if (input.automatic_tax?.enabled === true) refuseUnlocated(customer)
  const terms = subscriptionTerms(world, { input })
  const items = startItems(world, input.items ?? [])
  const trialEnd = trialEndOf(world, input)
  const free = items.every(({ price, quantity }) => quantity === undefined || priceAmount(world, price, quantity) === 0)
  const subscription = startSubscription(world, {
    customer: customer.id,
    items,
    status: firstStatus(input, trialEnd, free),
    trialEnd,
    discounts: input.discounts === '' ? [] : (input.discounts ?? []),
    fields: { ...fieldsOf(input), ...terms },
    ...(input.metadata === undefined ? {} : { metadata: input.metadata }),
  })
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
