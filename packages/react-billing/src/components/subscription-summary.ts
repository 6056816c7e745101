import type { Due, PortalFlow, Subscription, SubscriptionStatus } from '@paywright/contract'
import type { PlainKey, Translate } from '../lib/messages.ts'

export type Tone = 'good' | 'calm' | 'warning' | 'danger'

/** The one thing to do about a subscription: on a page of the provider's, or in its portal. */
export type Fix = { label: string; url: string } | { label: string; flow: PortalFlow | null }

export type SubscriptionSummary = { tone: Tone; badge: PlainKey; sentence: string; fix: Fix | null }

export type SummaryInput = {
  subscription: Subscription
  due: Due | null
  t: Translate
  date: (at: string) => string
}

type Summarize = (input: SummaryInput) => SubscriptionSummary

/** What state a subscription is in, what that means, and what to do about it. */
export const summarize: Summarize = (input) => byStatus[input.subscription.status](input)

const ending: Summarize = ({ subscription: { cancelAt, planName: plan }, t, date }) => ({
  tone: 'warning',
  badge: 'statusEnding',
  sentence: t('endsOn', { date: date(cancelAt ?? '') }),
  fix: { label: t('keepPlan', { plan }), flow: null },
})

const active: Summarize = (input) => {
  const { subscription, t } = input
  if (subscription.cancelAt) return ending(input)
  if (subscription.collectionPaused) {
    const sentence = t('collectionPausedSentence', { plan: subscription.planName })
    return { tone: 'calm', badge: 'statusPaused', sentence, fix: null }
  }
  return { tone: 'good', badge: 'statusActive', sentence: nextBill(input), fix: null }
}

const nextBill = ({ subscription: { nextBillingAt, price }, t, date }: SummaryInput): string => {
  if (nextBillingAt === null) return t('nothingMoreBilled')
  const on = date(nextBillingAt)
  return price ? t('nextBillOf', { price: price.formatted, date: on }) : t('nextBill', { date: on })
}

const trialing: Summarize = (input) => ({
  tone: 'good',
  badge: 'statusTrialing',
  sentence: trialEnd(input),
  fix: input.subscription.cancelAt ? ending(input).fix : null,
})

const trialEnd = ({ subscription, t, date }: SummaryInput): string => {
  const on = date(subscription.trialEndsAt ?? subscription.currentPeriodEndsAt ?? subscription.startedAt)
  if (subscription.cancelAt) return t('trialThenEnds', { date: on })
  const price = subscriptionPrice(subscription, t)
  return price ? t('trialThenBills', { date: on, price }) : t('trialEnds', { date: on })
}

const pastDue: Summarize = ({ subscription: { hasAccess, planName: plan }, due, t }) => ({
  tone: hasAccess ? 'warning' : 'danger',
  badge: 'statusPastDue',
  sentence: hasAccess ? t('pastDueAccess', { plan }) : t('pastDueNoAccess', { plan }),
  fix: pay(due, t) ?? { label: t('updateCard'), flow: 'payment_method_update' },
})

const unpaid: Summarize = ({ subscription: { planName: plan }, due, t }) => ({
  tone: 'danger',
  badge: 'statusUnpaid',
  sentence: t('unpaidSentence', { plan }),
  fix: pay(due, t) ?? { label: t('updateCard'), flow: 'payment_method_update' },
})

const incomplete: Summarize = ({ subscription: { planName: plan }, due, t }) => ({
  tone: 'warning',
  badge: 'statusIncomplete',
  sentence: t('incompleteSentence', { plan }),
  fix: due?.url ? { label: t('finishPaying'), url: due.url } : { label: t('finishPaying'), flow: null },
})

const paused: Summarize = ({ subscription: { planName: plan }, t }) => ({
  tone: 'warning',
  badge: 'statusPaused',
  sentence: t('pausedSentence', { plan }),
  fix: { label: t('addCard'), flow: 'payment_method_update' },
})

const incompleteExpired: Summarize = ({ t }) => ({
  tone: 'calm',
  badge: 'statusIncompleteExpired',
  sentence: t('incompleteExpiredSentence'),
  fix: null,
})

const canceled: Summarize = ({ subscription: { endedAt, canceledAt }, t, date }) => {
  const at = endedAt ?? canceledAt
  const sentence = at ? t('endedOn', { date: date(at) }) : t('ended')
  return { tone: 'calm', badge: 'statusCanceled', sentence, fix: null }
}

const byStatus: Record<SubscriptionStatus, Summarize> = {
  active,
  trialing,
  past_due: pastDue,
  unpaid,
  incomplete,
  incomplete_expired: incompleteExpired,
  canceled,
  paused,
}

const pay = (due: Due | null, t: Translate): Fix | null =>
  due?.url && due.amount ? { label: t('payNow', { amount: due.amount.formatted }), url: due.url } : null

/** "$790.00 per year"; null when the price or its period isn't known. */
export const subscriptionPrice = ({ price, interval }: Subscription, t: Translate): string | null => {
  if (price === null || interval === null) return null
  return t(interval === 'year' ? 'pricePerYear' : 'pricePerMonth', { price: price.formatted })
}
