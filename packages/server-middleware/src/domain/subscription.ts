import type { Currency, Interval, MinorAmount, SubscriptionStatus } from '@paywright/contract'
import type { Catalog, PlanDefinition } from './catalog.ts'
import { planOf } from './catalog.ts'

export type SubscriptionItem = {
  providerItemId: string
  providerPriceId: string
  priceKey: string | null
  quantity: number
  amountMinor: MinorAmount
  interval: Interval | null
}

/** An invoice that is waiting for money. */
export type OpenInvoice = {
  providerInvoiceId: string
  amountDueMinor: MinorAmount
  currency: Currency
  url: string | null
}

/** What is taken off each invoice that bills it, until then or for good. A discount on one invoice only is none. */
export type RecurringDiscount = {
  off: { percent: number } | { amountMinor: MinorAmount }
  endsAt: Date | null
  /** Null: off all of its items. */
  providerItemIds: readonly string[] | null
}

/** Why a subscription ended or is going to: by its owner's wish, or for want of money. */
export type EndReason = 'requested' | 'payment_failed' | 'payment_disputed' | 'other'

/** The provider's truth about a subscription, as fetched. */
export type SubscriptionSnapshot = {
  providerSubscriptionId: string
  providerCustomerId: string
  status: SubscriptionStatus
  currency: Currency
  items: readonly SubscriptionItem[]
  /** In the order in which they are taken off; left out where there are none. */
  discounts?: readonly RecurringDiscount[]
  startedAt: Date
  currentPeriodStartedAt: Date | null
  currentPeriodEndsAt: Date | null
  cancelAt: Date | null
  canceledAt: Date | null
  endedAt: Date | null
  endReason: EndReason | null
  trialEndsAt: Date | null
  collectionPaused: boolean
  openInvoice: OpenInvoice | null
}

/** A subscription as we keep it: the newest snapshot, whose it is, and which plan that makes (null: a price nobody knows). */
export type Subscription = SubscriptionSnapshot & {
  accountRef: string
  planId: string | null
  group: string
  interval: Interval | null
}

/** Without the discounts that are over by now: the provider may take them off late, and says of none that it ended. */
export const withRunningDiscounts = (snapshot: SubscriptionSnapshot, now: Date): SubscriptionSnapshot => {
  const { discounts = [], ...rest } = snapshot
  const running = discounts.filter(({ endsAt }) => endsAt === null || endsAt > now)
  return running.length === 0 ? rest : { ...rest, discounts: running }
}

/** What a snapshot means in the catalog's terms. */
export const toSubscription = (catalog: Catalog, accountRef: string, snapshot: SubscriptionSnapshot): Subscription => {
  const known = snapshot.items.map((item) => planOf(catalog, item)).find((found) => found !== null)
  return {
    ...snapshot,
    accountRef,
    planId: known?.plan.id ?? null,
    group: known?.plan.group ?? 'default',
    interval: known?.interval ?? snapshot.items[0]?.interval ?? null,
  }
}

/** Where a subscription stays for good. */
export const endedStatuses: readonly SubscriptionStatus[] = ['canceled', 'incomplete_expired']

/** Ended for good: the provider never revives it. */
export const isEnded = (subscription: { status: SubscriptionStatus }): boolean =>
  endedStatuses.includes(subscription.status)

/** Whether `next` would bring back, or rewrite, an end that `before` has come to. */
export const undoesEnd = (before: Subscription | null, next: Subscription): boolean =>
  before !== null && isEnded(before) && before.status !== next.status

/** Whether it may still take money, so that a second subscription in its group would bill twice. */
export const isCollectable = (subscription: { status: SubscriptionStatus }): boolean =>
  !isEnded(subscription) && subscription.status !== 'incomplete'

/** It with each other one that may take money for the same group of plans, the older one first. */
export const duplicatesOf = (
  subscription: Subscription,
  others: readonly Subscription[],
): readonly (readonly [older: Subscription, newer: Subscription])[] => {
  if (!isCollectable(subscription)) return []
  return others
    .filter((other) => other.providerSubscriptionId !== subscription.providerSubscriptionId)
    .filter((other) => isCollectable(other) && other.group === subscription.group)
    .map((other) => (isOlder(other, subscription) ? [other, subscription] : [subscription, other]))
}

/** Of two that began at once, the one whose id comes first: a pair is always the same pair. */
const isOlder = (a: Subscription, b: Subscription): boolean => {
  const difference = a.startedAt.getTime() - b.startedAt.getTime()
  return difference === 0 ? a.providerSubscriptionId < b.providerSubscriptionId : difference < 0
}

/** Whether it lets its account in now: `past_due` does for `graceDays` after the period it failed to pay began. */
export const hasAccess = (subscription: Subscription, now: Date, graceDays: number): boolean => {
  if (subscription.status === 'active' || subscription.status === 'trialing') return true
  if (subscription.status !== 'past_due') return false
  const failedSince = subscription.currentPeriodStartedAt ?? subscription.startedAt
  return now.getTime() < failedSince.getTime() + graceDays * day
}

const day = 86_400_000

/** When money will next be asked for; null when it is ending, ended or not billing. */
export const nextBillingAt = (subscription: Subscription): Date | null => {
  if (isEnded(subscription) || subscription.cancelAt || subscription.status === 'paused') return null
  return subscription.trialEndsAt && subscription.status === 'trialing'
    ? subscription.trialEndsAt
    : subscription.currentPeriodEndsAt
}

/** The subscription that counts for a page: a live one before an ended one, the newest of those. */
export const currentOf = (subscriptions: readonly Subscription[]): Subscription | null =>
  subscriptions.toSorted((a, b) => rank(a) - rank(b) || b.startedAt.getTime() - a.startedAt.getTime())[0] ?? null

const rank = (subscription: Subscription): number => {
  if (isCollectable(subscription)) return 0
  return subscription.status === 'incomplete' ? 1 : 2
}

/** What it bills per period, all items together, before discounts. */
export const amountOf = (subscription: Subscription): MinorAmount =>
  subscription.items.reduce((sum, item) => sum + item.amountMinor * item.quantity, 0)

/** The plan that an account is on: its subscription's while that gives access, else the free one. */
export const effectivePlan = (catalog: Catalog, subscription: Subscription | null, access: boolean): PlanDefinition => {
  const planId = access && subscription?.planId ? subscription.planId : catalog.freePlan
  const plan = catalog.plans[planId] ?? catalog.plans[catalog.freePlan]
  if (!plan) throw new Error(`The catalog has no plan ${planId}.`)
  return plan
}
