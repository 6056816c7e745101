import type { Due, Money, Subscription as SubscriptionView } from '@paywright/contract'
import { planById } from '../../domain/catalog.ts'
import { amountOf, nextBillingAt, type Subscription } from '../../domain/subscription.ts'
import type { Deps } from '../../ports/deps.ts'
import { toSum } from './money.ts'
import { toTimestamp, toTimestampOrNull } from './timestamp.ts'

export const toSubscriptionView = (deps: Deps, subscription: Subscription, hasAccess: boolean): SubscriptionView => ({
  providerSubscriptionId: subscription.providerSubscriptionId,
  planId: subscription.planId,
  planName: planNameOf(deps, subscription),
  status: subscription.status,
  hasAccess,
  interval: subscription.interval,
  quantity: subscription.items[0]?.quantity ?? 1,
  price: priceOf(deps, subscription),
  startedAt: toTimestamp(subscription.startedAt),
  currentPeriodEndsAt: toTimestampOrNull(subscription.currentPeriodEndsAt),
  nextBillingAt: toTimestampOrNull(nextBillingAt(subscription)),
  cancelAt: toTimestampOrNull(subscription.cancelAt),
  canceledAt: toTimestampOrNull(subscription.canceledAt),
  endedAt: toTimestampOrNull(subscription.endedAt),
  trialEndsAt: toTimestampOrNull(subscription.trialEndsAt),
  collectionPaused: subscription.collectionPaused,
})

const planNameOf = ({ catalog }: Deps, { planId }: Subscription): string =>
  (planId === null ? null : planById(catalog, planId)?.name) ?? 'Custom plan'

const priceOf = (deps: Deps, subscription: Subscription): Money | null =>
  subscription.items.length === 0 ? null : toSum(deps, amountOf(subscription), subscription.currency)

/** What has to be paid or fixed now; null when nothing. */
export const toDue = (deps: Deps, { status, openInvoice }: Subscription): Due | null => {
  const reason = dueReasons[status]
  if (reason === undefined) return null
  return {
    reason,
    message: dueMessages[reason],
    amount: openInvoice && toSum(deps, openInvoice.amountDueMinor, openInvoice.currency),
    url: openInvoice?.url ?? null,
  }
}

const dueReasons: { readonly [Status in Subscription['status']]?: Due['reason'] } = {
  past_due: 'payment_failed',
  incomplete: 'payment_incomplete',
  unpaid: 'unpaid',
}

const dueMessages: Readonly<Record<Due['reason'], string>> = {
  payment_failed: 'The last payment failed. Pay the open invoice or change the payment method to keep the plan.',
  payment_incomplete: 'The first payment is not complete. Finish it to start the plan.',
  unpaid: 'Several payments failed and the plan is on hold. Pay the open invoice to go on.',
}
