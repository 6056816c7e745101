import { mergeMetadata } from '../../domain/metadata.ts'
import type { CheckoutSession, IntentData } from '../../domain/objects/checkout.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'
import { attemptPayment } from '../payments/attempt.ts'
import { createPaymentIntent, createSetupIntent } from '../payments/intents.ts'
import { mandated, onPage } from '../payments/mandates.ts'
import { attemptSetup } from '../payments/setup.ts'
import { sessionTerms } from './terms.ts'

const subscriptionIntent: IntentData = { description: 'Subscription creation', setup_future_usage: 'off_session' }

const shippingOf = ({ $told }: CheckoutSession): Pick<IntentData, 'shipping'> =>
  $told?.shipping
    ? { shipping: { ...$told.shipping, carrier: null, phone: $told.phone ?? null, tracking_number: null } }
    : {}

const intentData = (session: CheckoutSession, saves: boolean): IntentData => {
  if (session.mode === 'subscription') return subscriptionIntent
  const saving: IntentData = saves ? { setup_future_usage: 'on_session' } : {}
  return { ...saving, ...session.$paymentIntentData, ...shippingOf(session) }
}

const paymentIntentOf = (world: World, session: CheckoutSession, saves: boolean): PaymentIntent => {
  const existing = world.store.get('payment_intent', session.$attempt?.intent ?? '')
  const amount = session.amount_total ?? 0
  const { metadata, ...data } = intentData(session, saves)
  const terms = sessionTerms(session)
  if (existing) return world.update(existing, { ...data, ...terms, amount })
  return createPaymentIntent(world, {
    ...data,
    ...terms,
    amount,
    currency: session.currency ?? 'usd',
    customer: session.$attempt?.customer ?? null,
    metadata: mergeMetadata({}, metadata),
    $checkoutSession: session.id,
  })
}

const setupIntentOf = (world: World, session: CheckoutSession): SetupIntent => {
  const existing = world.store.get('setup_intent', session.$attempt?.intent ?? '')
  if (existing) return existing
  const { description = null, metadata } = session.$setupIntentData ?? {}
  return createSetupIntent(world, {
    customer: session.$attempt?.customer ?? null,
    description,
    metadata: mergeMetadata({}, metadata),
    $checkoutSession: session.id,
  })
}

export interface Paying {
  readonly method: PaymentMethod
  /** The card is to be found again, though nothing but the buyer asks for it. */
  readonly saves: boolean
}

/** Makes the session's intent at the first try, and tries to collect it. */
export const collectSession = (
  world: World,
  session: CheckoutSession,
  { method: given, saves }: Paying,
): PaymentIntent | SetupIntent => {
  const pays = session.mode !== 'setup' && (session.amount_total ?? 0) > 0
  const intent = pays ? paymentIntentOf(world, session, saves) : setupIntentOf(world, session)
  const shown = session.mode === 'payment' ? { payment_intent: intent.id } : {}
  world.update(session, { ...shown, $attempt: { ...session.$attempt, intent: intent.id } })
  const method = mandated(world, intent, { method: given, acceptance: onPage })
  const returnUrl = world.url(`/_simulator/checkout/${session.id}`)
  const attempt = { method, returnUrl, useStripeSdk: session.ui_mode === 'elements' }
  return intent.object === 'payment_intent'
    ? attemptPayment(world, intent, attempt)
    : attemptSetup(world, intent, attempt)
}
