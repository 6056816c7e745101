import type { Due, PortalFlow, Subscription, SubscriptionStatus, Timestamp } from '@paywright/contract'
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

/** What state a subscription is in, what that means, and what to do about it. */
export const summarize = (input: SummaryInput): SubscriptionSummary => {
  const situation = situationOf(input.subscription)
  return {
    tone: tones[situation],
    badge: `status_${situation}`,
    sentence: sentenceOf(situation, input),
    fix: fixOf(situation, input),
  }
}

/** Beyond the provider's status: an end may be set, billing paused, access gone. */
type Situation = SubscriptionStatus | 'ending' | 'collection_paused' | 'locked_out'

const situationOf = ({ status, cancelAt, collectionPaused, hasAccess }: Subscription): Situation => {
  if (status === 'active' && cancelAt) return 'ending'
  if (status === 'active' && collectionPaused) return 'collection_paused'
  return status === 'past_due' && !hasAccess ? 'locked_out' : status
}

const tones: Record<Situation, Tone> = {
  active: 'good',
  trialing: 'good',
  ending: 'warning',
  collection_paused: 'calm',
  past_due: 'warning',
  locked_out: 'danger',
  unpaid: 'danger',
  incomplete: 'warning',
  incomplete_expired: 'calm',
  canceled: 'calm',
  paused: 'warning',
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

const fixOf = (situation: Situation, { subscription, due, t }: SummaryInput): Fix | null => {
  if (due?.url && due.amount && situation !== 'incomplete') {
    return { label: t('payNow', { amount: due.amount.formatted }), url: due.url }
  }
  switch (situation) {
    case 'incomplete':
      return due?.url ? { label: t('finishPaying'), url: due.url } : { label: t('finishPaying'), flow: null }
    case 'past_due':
    case 'locked_out':
    case 'unpaid':
      return { label: t('updateCard'), flow: 'payment_method_update' }
    case 'paused':
      return { label: t('addCard'), flow: 'payment_method_update' }
    default:
      return subscription.cancelAt ? { label: t('keepPlan', { plan: subscription.planName }), flow: null } : null
  }
}

/** "$790.00 per year"; null when the price or its period isn't known. */
export const subscriptionPrice = ({ price, interval }: Subscription, t: Translate): string | null =>
  price && interval ? t(interval === 'year' ? 'pricePerYear' : 'pricePerMonth', { price: price.formatted }) : null
