import { invalidRequest, StripeFailure } from '../../domain/failure.ts'
import type { PortalSession } from '../../domain/objects/account.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { PortalCancel } from '../../portal-core.ts'
import type { Declined, RequiresAction, TypedMethod } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { declinedBy } from '../checkout/pay.ts'
import { tellOutcome } from '../confirmation.ts'
import { refuseUnsuitable } from '../payments/debits.ts'
import { createSetupIntent } from '../payments/intents.ts'
import { mandated, onPage } from '../payments/mandates.ts'
import { challengeUrl } from '../payments/next-action.ts'
import { attemptSetup } from '../payments/setup.ts'
import { typedMethod } from '../payments/typed-method.ts'
import { type CancellationInput, cancelSubscription } from '../subscriptions/cancel.ts'
import { resumeSubscription } from '../subscriptions/resume.ts'
import { updateSubscription } from '../subscriptions/update.ts'
import { configurationOf, needPortal, ownSubscription } from './view.ts'

/** What the configuration does not turn on is refused. */
export const refuseDisabled = (enabled: boolean, what: string): void => {
  if (!enabled) throw invalidRequest(`The portal's configuration does not let customers ${what}.`)
}

/** A declined card in the words of a page. */
export const cardError = (cause: unknown): Declined => {
  if (cause instanceof StripeFailure && cause.error.type === 'card_error') return declinedBy(cause.error)
  throw cause
}

const saveMethod = (world: World, session: PortalSession, typed: TypedMethod) => {
  const { email, name } = world.need('customer', session.customer)
  const typist = 'card' in typed ? {} : { email: email ?? undefined, name: name ?? undefined }
  const given = typedMethod(world, typed, typist)
  const intent = createSetupIntent(world, { customer: session.customer, $portalSession: session.id })
  refuseUnsuitable(intent, given)
  const method = mandated(world, intent, { method: given, acceptance: onPage })
  return attemptSetup(world, intent, { method, returnUrl: session.url })
}

export const updatePaymentMethod = (
  world: World,
  sessionId: string,
  typed: TypedMethod,
): { readonly status: 'updated' } | RequiresAction | Declined => {
  const session = needPortal(world, sessionId)
  refuseDisabled(configurationOf(world, session).features.payment_method_update.enabled, 'change their payment method')
  try {
    const intent = saveMethod(world, session, typed)
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
  const { enabled, mode, proration_behavior: behavior } = configurationOf(world, session).features.subscription_cancel
  refuseDisabled(enabled, 'cancel')
  const subscription = ownSubscription(world, session, cancel.subscriptionId)
  const cancellation_details = {
    ...(cancel.comment === undefined ? {} : { comment: cancel.comment }),
    ...reasonOf(world, cancel),
  }
  if (mode === 'immediately') {
    return cancelSubscription(world, subscription, { cancellation_details, prorate: behavior !== 'none' })
  }
  return updateSubscription(world, subscription, { cancel_at_period_end: true, cancellation_details })
}

export const resumeInPortal = (world: World, sessionId: string, subscriptionId: string): Subscription => {
  const subscription = ownSubscription(world, needPortal(world, sessionId), subscriptionId)
  if (subscription.status === 'paused') return resumeSubscription(world, subscription, {})
  return updateSubscription(world, subscription, { cancel_at_period_end: false })
}
