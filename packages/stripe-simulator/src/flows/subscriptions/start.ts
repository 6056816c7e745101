import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Price } from '../../domain/objects/catalog.ts'
import type { Invoice, InvoiceItem, Period } from '../../domain/objects/invoice.ts'
import type { Subscription, SubscriptionStatus } from '../../domain/objects/subscription.ts'
import { periodAt } from '../../domain/period.ts'
import type { World } from '../../world.ts'
import { applyDiscounts, type DiscountInput, spendDiscounts } from '../discounts.ts'
import { draftInvoice } from '../invoices/draft.ts'
import { cadenceOf, createItem, itemList } from './items.ts'
import { recurringLines } from './recurring-lines.ts'

export interface StartItem {
  readonly price: Price
  /** Undefined where a meter counts. */
  readonly quantity: number | undefined
  readonly metadata?: MetadataInput
}

export interface StartInput {
  readonly customer: string
  readonly items: readonly [StartItem, ...StartItem[]]
  readonly status: SubscriptionStatus
  readonly trialEnd: number | null
  readonly discounts?: readonly DiscountInput[]
  readonly metadata?: MetadataInput
  readonly fields?: Partial<Subscription>
}

export const subscriptionTax = (enabled: boolean): Subscription['automatic_tax'] => ({
  disabled_reason: null,
  enabled,
  liability: enabled ? { type: 'self' } : null,
})

const noCancellation = { comment: null, feedback: null, feedback_option: null, reason: null }

const firstPeriod = (world: World, { items, trialEnd }: StartInput): Period => {
  const now = world.now()
  return trialEnd === null ? periodAt(now, cadenceOf(items[0].price), now) : { start: now, end: trialEnd }
}

/** A subscription with its first period; nothing is billed or announced yet. */
export const startSubscription = (world: World, input: StartInput): Subscription => {
  const now = world.now()
  const id = world.ids.next('subscription')
  const period = firstPeriod(world, input)
  const items = input.items.map((item) => createItem(world, id, { ...item, period }))
  const { currency } = input.items[0].price
  const owner = { customer: input.customer, currency, subscription: id }
  const discounts = applyDiscounts(world, input.discounts ?? [], owner)
  return world.insert('subscription', {
    id,
    automatic_tax: subscriptionTax(false),
    billing_cycle_anchor: input.trialEnd ?? now,
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
    cancellation_details: noCancellation,
    collection_method: 'charge_automatically',
    currency,
    customer: input.customer,
    default_tax_rates: [],
    discounts,
    items: itemList(id, items),
    metadata: mergeMetadata({}, input.metadata),
    schedule: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
    start_date: now,
    status: input.status,
    trial_end: input.trialEnd,
    trial_start: input.trialEnd === null ? null : now,
    ...input.fields,
  })
}

/** Announces a subscription, with the id of its first invoice; a trial has one only if the account bills trials. */
export const announceSubscription = (world: World, started: Subscription, bills: boolean): Subscription => {
  const silent = started.status === 'trialing' && !bills && !world.settings.trialInvoice
  const latest_invoice = silent ? null : world.ids.next('invoice')
  const subscription = world.update(started, { latest_invoice })
  world.emit('customer.subscription.created', subscription)
  return subscription
}

/** The draft that starts a subscription. A trial is billed with nothing. */
export const firstInvoice = (
  world: World,
  subscription: Subscription,
  items: readonly InvoiceItem[] = [],
): Invoice | undefined => {
  if (subscription.latest_invoice === null) return undefined
  const trialing = subscription.status === 'trialing'
  const now = world.now()
  const draft = draftInvoice(world, {
    id: subscription.latest_invoice,
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'subscription_create',
    subscription,
    lines: recurringLines(world, subscription, { free: trialing }),
    items,
    discounts: subscription.discounts,
    period: { start: now, end: now },
  })
  if (!trialing) spendDiscounts(world, subscription)
  return draft
}
