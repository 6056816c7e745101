import { invalidRequest } from '../domain/failure.ts'
import type { PaymentIntent, SetupIntent } from '../domain/objects/payment.ts'
import type { Challenge, ChallengeOutcome } from '../simulator-core.ts'
import type { World } from '../world.ts'
import { completeSession } from './checkout/complete.ts'
import { successUrl } from './checkout/ui-mode.ts'
import { paymentOfIntent } from './invoices/payments.ts'
import { creditPayment, markUnpaid } from './invoices/settle.ts'
import { attemptPayment, failAuthentication } from './payments/attempt.ts'
import { settleCharge } from './payments/charges.ts'
import { attemptSetup, failSetupAuthentication } from './payments/setup.ts'
import { setDefaultMethod } from './portal/default-method.ts'
import { subscriptionPaid, subscriptionUnpaid } from './subscriptions/after-payment.ts'

type Intent = PaymentIntent | SetupIntent

const invoicePaid = (world: World, intent: PaymentIntent): void => {
  const payment = paymentOfIntent(world, intent.id)
  const invoice = payment && world.need('invoice', payment.invoice)
  if (payment?.status !== 'open' || (invoice?.status !== 'open' && invoice?.status !== 'uncollectible')) return
  const credited = creditPayment(world, invoice, payment)
  if (credited.status === 'paid') subscriptionPaid(world, credited, intent)
}

const invoiceUnpaid = (world: World, intent: PaymentIntent): void => {
  const payment = paymentOfIntent(world, intent.id)
  const invoice = payment && world.need('invoice', payment.invoice)
  if (invoice?.status !== 'open') return
  subscriptionUnpaid(world, markUnpaid(world, invoice, { automatic: false, intent }))
}

const methodSaved = (world: World, intent: SetupIntent): void => {
  const id = intent.payment_method
  if (id === null) return
  if (intent.$portalSession !== undefined && intent.customer !== null) setDefaultMethod(world, intent.customer, id)
  if (intent.$subscription === undefined) return
  const subscription = world.need('subscription', intent.$subscription)
  const changes = { pending_setup_intent: null, default_payment_method: id }
  world.update(subscription, changes, 'customer.subscription.updated')
}

const completeFor = (world: World, intent: Intent): void => {
  const session = world.store.get('checkout.session', intent.$checkoutSession ?? '')
  if (session?.status === 'open') completeSession(world, session, intent)
}

const succeeded = (world: World, intent: Intent): void => {
  completeFor(world, intent)
  if (intent.object === 'setup_intent') {
    methodSaved(world, intent)
    return
  }
  invoicePaid(world, intent)
  if (intent.latest_charge !== null) settleCharge(world, intent.latest_charge)
}

/** Lets everything that waits for an intent feel what became of it. */
export const tellOutcome = (world: World, intent: Intent): void => {
  if (intent.status === 'succeeded') succeeded(world, intent)
  else if (intent.status === 'requires_capture') completeFor(world, intent)
  else if (intent.status === 'requires_payment_method' && intent.object === 'payment_intent')
    invoiceUnpaid(world, intent)
}

const findIntent = (world: World, id: string): Intent | undefined =>
  world.store.get('payment_intent', id) ?? world.store.get('setup_intent', id)

/** What a customer is being asked to prove, if they are. */
export const challengeOf = (world: World, intentId: string): Challenge | undefined => {
  const intent = findIntent(world, intentId)
  if (intent?.status !== 'requires_action') return undefined
  return {
    intentId,
    kind: intent.object,
    isFramed: world.store.get('checkout.session', intent.$checkoutSession ?? '')?.ui_mode === 'embedded_page',
    ...(intent.object === 'payment_intent' ? { amount: intent.amount, currency: intent.currency } : {}),
    ...(intent.$returnUrl === undefined ? {} : { returnUrl: intent.$returnUrl }),
  }
}

/** The customer did their part: the server has to confirm again. */
const proven = (world: World, intent: PaymentIntent, method: string): Intent =>
  world.update(intent, { $proven: method, next_action: null, status: 'requires_confirmation' })

const passed = (world: World, intent: Intent): Intent => {
  const method = world.need('payment_method', intent.payment_method ?? '')
  if (intent.object === 'payment_intent' && intent.confirmation_method === 'manual') {
    return proven(world, intent, method.id)
  }
  const attempt = { method, authenticated: true }
  return intent.object === 'payment_intent'
    ? attemptPayment(world, intent, attempt)
    : attemptSetup(world, intent, attempt)
}

const failed = (world: World, intent: Intent): Intent => {
  const method = world.need('payment_method', intent.payment_method ?? '')
  return intent.object === 'payment_intent'
    ? failAuthentication(world, intent, method)
    : failSetupAuthentication(world, intent, method)
}

const isDone = ({ status }: Intent): boolean =>
  ['succeeded', 'requires_capture', 'requires_confirmation'].includes(status)

const returnUrl = (intent: Intent, back: string): string => {
  const url = new URL(back)
  url.searchParams.set(intent.object, intent.id)
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret)
  url.searchParams.set('redirect_status', isDone(intent) ? 'succeeded' : 'failed')
  return url.toString()
}

const redirectOf = (world: World, intent: Intent, action: Intent['next_action']): string | undefined => {
  const session = world.store.get('checkout.session', intent.$checkoutSession ?? '')
  if (session?.ui_mode === 'elements') return undefined
  if (session?.status === 'complete') return successUrl(world, session)
  if (session) return world.url(`/_simulator/checkout/${session.id}`)
  const back = action?.type === 'redirect_to_url' ? intent.$returnUrl : undefined
  return back === undefined ? undefined : returnUrl(intent, back)
}

const errorOf = (intent: Intent) =>
  intent.object === 'payment_intent' ? intent.last_payment_error : intent.last_setup_error

/** The customer passed, or failed, the challenge. */
export const completeChallenge = (world: World, intentId: string, outcome: 'complete' | 'fail'): ChallengeOutcome => {
  const asked = findIntent(world, intentId)
  if (asked?.status !== 'requires_action')
    throw invalidRequest('Nothing is asked of the customer here.', { status: 409 })
  const intent = outcome === 'complete' ? passed(world, asked) : failed(world, asked)
  tellOutcome(world, intent)
  const redirectUrl = redirectOf(world, intent, asked.next_action)
  const error = intent.status === 'succeeded' ? null : errorOf(intent)
  return {
    status: intent.status,
    ...(redirectUrl === undefined ? {} : { redirectUrl }),
    ...(error ? { error: { message: error.message, code: error.code } } : {}),
  }
}
