import { invalidRequest, StripeFailure } from '../../domain/failure.ts'
import type { PortalSession } from '../../domain/objects/account.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type {
  CardInput,
  Declined,
  PortalCancel,
  PortalSwitch,
  RequiresAction,
  SwitchPreview,
} from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { declinedBy } from '../checkout/pay.ts'
import { tellOutcome } from '../confirmation.ts'
import { createSetupIntent } from '../payments/intents.ts'
import { challengeUrl } from '../payments/next-action.ts'
import { createPaymentMethod } from '../payments/payment-methods.ts'
import { attemptSetup } from '../payments/setup.ts'
import { draftAfter } from '../previews/changed.ts'
import { type CancellationInput, cancelSubscription } from '../subscriptions/cancel.ts'
import { previewed } from '../subscriptions/preview.ts'
import { type SubscriptionUpdate, updateSubscription } from '../subscriptions/update.ts'
import { configurationOf, needPortal, ownSubscription, portalView } from './view.ts'

const refuseDisabled = (enabled: boolean, what: string): void => {
  if (!enabled) throw invalidRequest(`The portal's configuration does not let customers ${what}.`)
}

const cardError = (cause: unknown): Declined => {
  if (cause instanceof StripeFailure && cause.error.type === 'card_error') return declinedBy(cause.error)
  throw cause
}

const saveCard = (world: World, session: PortalSession, card: CardInput) => {
  const method = createPaymentMethod(world, {
    type: 'card',
    card: { number: card.number, exp_month: card.expMonth, exp_year: card.expYear, cvc: card.cvc },
    billing_details: { name: card.name ?? null },
  })
  const intent = createSetupIntent(world, { customer: session.customer, $portalSession: session.id })
  return attemptSetup(world, intent, { method, returnUrl: session.url })
}

export const updatePaymentMethod = (
  world: World,
  sessionId: string,
  { card }: { readonly card: CardInput },
): { readonly status: 'updated' } | RequiresAction | Declined => {
  const session = needPortal(world, sessionId)
  refuseDisabled(configurationOf(world, session).features.payment_method_update.enabled, 'change their payment method')
  try {
    const intent = saveCard(world, session, card)
    tellOutcome(world, intent)
    if (intent.status === 'succeeded') return { status: 'updated' }
    if (intent.status !== 'requires_action') return declinedBy(intent.last_setup_error)
    return { status: 'requires_action', intentId: intent.id, challengeUrl: challengeUrl(world, intent.id) }
  } catch (cause) {
    return cardError(cause)
  }
}

/** One of Stripe's reasons, or of the account's own. */
const reasonOf = (world: World, { reason }: PortalCancel): CancellationInput => {
  if (reason === undefined) return {}
  return world.store.get('billing.feedback_option', reason) ? { feedback_option: reason } : { feedback: reason }
}

export const cancelInPortal = (world: World, sessionId: string, cancel: PortalCancel): Subscription => {
  const session = needPortal(world, sessionId)
  const { enabled, mode } = configurationOf(world, session).features.subscription_cancel
  refuseDisabled(enabled, 'cancel')
  const subscription = ownSubscription(world, session, cancel.subscriptionId)
  const cancellation_details = {
    ...(cancel.comment === undefined ? {} : { comment: cancel.comment }),
    ...reasonOf(world, cancel),
  }
  if (mode === 'immediately') return cancelSubscription(world, subscription, { cancellation_details })
  return updateSubscription(world, subscription, { cancel_at_period_end: true, cancellation_details })
}

export const resumeInPortal = (world: World, sessionId: string, subscriptionId: string): Subscription => {
  const subscription = ownSubscription(world, needPortal(world, sessionId), subscriptionId)
  return updateSubscription(world, subscription, { cancel_at_period_end: false })
}

const switchInput = (world: World, sessionId: string, change: PortalSwitch) => {
  const session = needPortal(world, sessionId)
  const view = portalView(world, sessionId)
  const { subscription_update } = configurationOf(world, session).features
  refuseDisabled(view?.priceIds.includes(change.priceId) === true, 'switch to this price')
  const subscription = ownSubscription(world, session, change.subscriptionId)
  const [item] = subscription.items.data
  const input: SubscriptionUpdate = {
    items: [{ id: item?.id ?? '', price: change.priceId }],
    proration_behavior: subscription_update.proration_behavior,
    ...(change.prorationDate === undefined ? {} : { proration_date: change.prorationDate }),
  }
  return { subscription, input }
}

export const previewInPortal = (world: World, sessionId: string, change: PortalSwitch): SwitchPreview => {
  const prorationDate = change.prorationDate ?? world.now()
  const { subscription, input } = switchInput(world, sessionId, { ...change, prorationDate })
  const invoice = previewed(world, () => draftAfter(world, subscription, input))
  return {
    amountDue: invoice.amount_due,
    currency: invoice.currency,
    lines: invoice.lines.data.map((line) => ({ description: line.description ?? '', amount: line.amount })),
    prorationDate,
  }
}

export const switchInPortal = (
  world: World,
  sessionId: string,
  change: PortalSwitch,
): { readonly status: 'switched' } | RequiresAction | Declined => {
  const { subscription, input } = switchInput(world, sessionId, change)
  try {
    updateSubscription(world, subscription, { ...input, payment_behavior: 'error_if_incomplete' })
    return { status: 'switched' }
  } catch (cause) {
    return cardError(cause)
  }
}
