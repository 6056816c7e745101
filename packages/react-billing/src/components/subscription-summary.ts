import type { Due, PortalFlow, Subscription, SubscriptionStatus, Timestamp } from '@paywright/contract'
import type { PlainKey, Translate } from '../lib/messages.ts'

/** The one thing to do about a subscription: on a page of the provider's, or in its portal. */
export type Fix = { label: string; url: string } | { label: string; flow: PortalFlow | null }

export type SubscriptionSummary = { situation: Situation; sentence: string; fix: Fix | null }

export type SummaryInput = {
  subscription: Subscription
  due: Due | null
  t: Translate
  date: (at: string) => string
}

/** What state a subscription is in, what that means, and what to do about it. */
export const summarize = (input: SummaryInput): SubscriptionSummary => {
  const situation = situationOf(input.subscription)
  return { situation, sentence: sentenceOf(situation, input), fix: fixOf(situation, input) }
}

/** Beyond the provider's status: an end may be set, billing paused, access gone. */
export type Situation = SubscriptionStatus | 'ending' | 'collection_paused' | 'locked_out'

const situationOf = ({ status, cancelAt, collectionPaused, hasAccess }: Subscription): Situation => {
  if (status === 'active' && cancelAt) return 'ending'
  if (status === 'active' && collectionPaused) return 'collection_paused'
  return status === 'past_due' && !hasAccess ? 'locked_out' : status
}

const sentenceOf = (situation: Situation, { subscription, t, date }: SummaryInput): string => {
  const at = dateOf(situation, subscription)
  const price = situation === 'active' ? subscription.price?.formatted : subscriptionPrice(subscription, t)
  const values = { plan: subscription.planName, date: at ? date(at) : '', price: price ?? '' }
  if (situation === 'trialing' && subscription.cancelAt) return t('trialThenEnds', values)
  if (!at && isDated(situation)) return t(`undated_${situation}`)
  if (!price && isPriced(situation)) return t(`unpriced_${situation}`, values)
  return t(`about_${situation}`, values)
}

const isDated = (situation: Situation) => situation === 'active' || situation === 'canceled'

const isPriced = (situation: Situation) => situation === 'active' || situation === 'trialing'

/** The date that matters in a situation. */
const dateOf = (situation: Situation, subscription: Subscription): Timestamp | null => {
  switch (situation) {
    case 'active':
      return subscription.nextBillingAt
    case 'ending':
      return subscription.cancelAt
    case 'trialing':
      return subscription.trialEndsAt ?? subscription.currentPeriodEndsAt
    default:
      return subscription.endedAt ?? subscription.canceledAt
  }
}

/** What can be put right: the words on the button, and the portal's page for it. */
const fixes: Partial<Record<Situation, [PlainKey, PortalFlow | null]>> = {
  incomplete: ['finishPaying', null],
  past_due: ['updateCard', 'payment_method_update'],
  locked_out: ['updateCard', 'payment_method_update'],
  unpaid: ['updateCard', 'payment_method_update'],
  paused: ['addCard', 'payment_method_update'],
}

const fixOf = (situation: Situation, { subscription, due, t }: SummaryInput): Fix | null => {
  if (subscription.cancelAt && (situation === 'ending' || situation === 'trialing')) {
    return { label: t('keepPlan', { plan: subscription.planName }), flow: null }
  }
  const fix = fixes[situation]
  if (!fix) return null
  const [key, flow] = fix
  if (!due?.url) return { label: t(key), flow }
  const amount = situation === 'incomplete' ? null : due.amount
  return { label: amount ? t('payNow', { amount: amount.formatted }) : t(key), url: due.url }
}

/** "$790.00 per year"; null when the price or its period isn't known. */
export const subscriptionPrice = ({ price, interval }: Subscription, t: Translate): string | null =>
  price && interval ? t(interval === 'year' ? 'pricePerYear' : 'pricePerMonth', { price: price.formatted }) : null
