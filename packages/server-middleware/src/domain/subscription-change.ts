import type { Currency, Interval, MinorAmount, SubscriptionStatus } from '@paywright/contract'
import { monthlyRevenueOf } from './monthly-revenue.ts'
import { amountOf, type EndReason, isEnded, type Subscription } from './subscription.ts'

/** What of a subscription is worth telling when it changes. */
export type SubscriptionTerms = {
  planId: string | null
  status: SubscriptionStatus
  interval: Interval | null
  /** What it bills per period. */
  amountMinor: MinorAmount
  /** What it brings in a month, after discounts that go on; 0 while it brings nothing. */
  monthlyMinor: MinorAmount
  cancelAt: Date | null
  currentPeriodEndsAt: Date | null
  endReason: EndReason | null
}

/** A change that was saved with its subscription and has yet to be told. The first one has number 1 and no `from`. */
export type PendingChange = { number: number; at: Date; from: SubscriptionTerms | null; to: SubscriptionTerms }

export type ChangeKind = 'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation' | 'other'

/** A line of an account's history: what changed, and what that did to the revenue of a month. */
export type SubscriptionChange = PendingChange & {
  accountRef: string
  providerSubscriptionId: string
  currency: Currency
  monthlyDifferenceMinor: MinorAmount
  kind: ChangeKind
  /** Why it ended, if that is the change. */
  endedBy: EndReason | null
}

export const termsOf = (subscription: Subscription): SubscriptionTerms => ({
  planId: subscription.planId,
  status: subscription.status,
  interval: subscription.interval,
  amountMinor: amountOf(subscription),
  monthlyMinor: monthlyRevenueOf(subscription),
  cancelAt: subscription.cancelAt,
  currentPeriodEndsAt: subscription.currentPeriodEndsAt,
  endReason: subscription.endReason ?? null,
})

/** Null when nothing changed that anybody would want to hear of. */
export const changeBetween = (
  before: Subscription | null,
  after: Subscription,
): Pick<PendingChange, 'from' | 'to'> | null => {
  const from = before && termsOf(before)
  const to = termsOf(after)
  return from && sameTerms(from, to) ? null : { from, to }
}

const sameTerms = (a: SubscriptionTerms, b: SubscriptionTerms): boolean =>
  a.planId === b.planId &&
  a.status === b.status &&
  a.interval === b.interval &&
  a.amountMinor === b.amountMinor &&
  a.monthlyMinor === b.monthlyMinor &&
  a.cancelAt?.getTime() === b.cancelAt?.getTime() &&
  a.currentPeriodEndsAt?.getTime() === b.currentPeriodEndsAt?.getTime()

/** `hasChurned`: whether the account had brought revenue before, and stopped. */
export const toSubscriptionChange = (
  subscription: Subscription,
  change: PendingChange,
  hasChurned: boolean,
): SubscriptionChange => {
  const { from, to } = change
  return {
    ...change,
    accountRef: subscription.accountRef,
    providerSubscriptionId: subscription.providerSubscriptionId,
    currency: subscription.currency,
    monthlyDifferenceMinor: to.monthlyMinor - (from?.monthlyMinor ?? 0),
    kind: kindOf(from?.monthlyMinor ?? 0, to.monthlyMinor, hasChurned),
    endedBy: isEnded(to) && !(from && isEnded(from)) ? to.endReason : null,
  }
}

const kindOf = (before: MinorAmount, after: MinorAmount, hasChurned: boolean): ChangeKind => {
  if (before === after) return 'other'
  if (before === 0) return hasChurned ? 'reactivation' : 'new'
  if (after === 0) return 'churn'
  return after > before ? 'expansion' : 'contraction'
}

/** What a change is kept under, and its announcement known by: it names the change, whoever found it. */
export const changeKey = ({ providerSubscriptionId, number }: { providerSubscriptionId: string; number: number }) =>
  `${providerSubscriptionId}:${number}`
