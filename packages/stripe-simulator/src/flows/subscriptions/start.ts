import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Price } from '../../domain/objects/catalog.ts'
import type { Invoice, InvoiceItem, Period } from '../../domain/objects/invoice.ts'
import type { Subscription, SubscriptionStatus } from '../../domain/objects/subscription.ts'
import { periodAt } from '../../domain/period.ts'
import type { World } from '../../world.ts'
import { applyDiscounts, type DiscountInput, spendDiscounts } from '../discounts.ts'
import { draftInvoice } from '../invoices/draft.ts'
import { refuseCrowd } from '../test-clocks/clocks.ts'
import type { Anchor } from './anchor.ts'
import { billingMode } from './billing-mode.ts'
import { firstLines } from './first-lines.ts'
import { cadenceOf, createItem, itemList, periodOf } from './items.ts'

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
  readonly anchor?: Anchor
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

const anchoredNow = (world: World, { trialEnd }: StartInput): Anchor => ({
  at: trialEnd ?? world.now(),
  config: null,
  start: world.now(),
  prorates: true,
})

const firstPeriod = (world: World, { items, trialEnd }: StartInput, { at, config, start }: Anchor): Period => {
  const now = world.now()
  if (trialEnd !== null) return { start: now, end: trialEnd }
  const period = periodAt(at, { ...cadenceOf(items[0].price), day_of_month: config?.day_of_month }, now)
  return { start: Math.max(period.start, start), end: period.end }
}

/** A subscription with its first period; nothing is billed or announced yet. */
export const startSubscription = (world: World, input: StartInput): Subscription => {
  const now = world.now()
  refuseCrowd(world, input.customer)
  const id = world.ids.next('subscription')
  const anchor = input.anchor ?? anchoredNow(world, input)
  const period = firstPeriod(world, input, anchor)
  const items = input.items.map((item) => createItem(world, id, { ...item, period }))
  const { currency } = input.items[0].price
  const owner = { customer: input.customer, currency, subscription: id }
  const discounts = applyDiscounts(world, input.discounts ?? [], owner)
  return world.insert('subscription', {
    id,
    automatic_tax: subscriptionTax(false),
    billing_cycle_anchor: anchor.at,
    billing_cycle_anchor_config: anchor.config,
    billing_mode: billingMode(undefined),
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
    start_date: anchor.start,
    status: input.status,
    trial_end: input.trialEnd,
    trial_start: input.trialEnd === null ? null : now,
    ...(anchor.prorates ? {} : { $prorates: false }),
    ...input.fields,
  })
}

const isSilent = (world: World, started: Subscription): boolean =>
  started.status === 'trialing' && started.start_date >= periodOf(started).start
    ? !world.settings.trialInvoice
    : firstLines(world, started).length === 0

/**
 * Announces a subscription, with the id of its first invoice. There is none for a trial, unless the account bills
 * trials, nor for time that is free. `bills`: something else is billed with it.
 */
export const announceSubscription = (world: World, started: Subscription, bills: boolean): Subscription => {
  const latest_invoice = !bills && isSilent(world, started) ? null : world.ids.next('invoice')
  const subscription = world.update(started, { latest_invoice })
  world.emit('customer.subscription.created', subscription)
  return subscription
}

export interface First {
  /** Positions that waited for the invoice. */
  readonly items?: readonly InvoiceItem[]
  /** By default it is to be finalized at once. */
  readonly finalizesAt?: number
}

/** The draft that starts a subscription. A trial is billed with nothing. */
export const firstInvoice = (world: World, subscription: Subscription, first: First = {}): Invoice | undefined => {
  if (subscription.latest_invoice === null) return undefined
  const now = world.now()
  const draft = draftInvoice(world, {
    id: subscription.latest_invoice,
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'subscription_create',
    subscription,
    lines: firstLines(world, subscription),
    discounts: subscription.discounts,
    period: { start: now, end: now },
    ...first,
  })
  if (subscription.status !== 'trialing') spendDiscounts(world, subscription)
  return draft
}
