import { wholeAddress } from '../../domain/address.ts'
import { invalidRequest, StripeFailure } from '../../domain/failure.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import type { CheckoutOutcome, CheckoutPayment, Declined } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { checkOwner } from '../payments/intents.ts'
import { challengeUrl } from '../payments/next-action.ts'
import { createPaymentMethod, findPaymentMethod } from '../payments/payment-methods.ts'
import { repriced } from './anchor.ts'
import { identifyBuyer } from './buyer.ts'
import { choiceOf, withChosenAmount } from './chosen-amount.ts'
import { collectSession } from './collect-session.ts'
import { completeSession } from './complete.ts'
import { hearBuyer } from './hear-buyer.ts'
import { applyPromotionCode, refuseSpentDiscount } from './promotion.ts'
import { reprice } from './reprice.ts'
import { redisplayOf } from './saved-methods.ts'
import { successUrl } from './ui-mode.ts'

/** Nothing is due, and the session says that a card is only wanted when something is. */
export const needsCard = (session: CheckoutSession): boolean => {
  if (session.mode === 'setup' || choiceOf(session)) return true
  return (
    (session.amount_total ?? 0) > 0 ||
    (session.mode === 'subscription' && session.payment_method_collection === 'always')
  )
}

const methodOf = (world: World, session: CheckoutSession, payment: CheckoutPayment): PaymentMethod => {
  if (payment.paymentMethodId !== undefined) {
    const known = findPaymentMethod(world, payment.paymentMethodId)
    checkOwner(known, session.customer)
    return known
  }
  if (!payment.card) throw invalidRequest('Please enter a card.', { code: 'parameter_missing', param: 'card' })
  const { number, expMonth, expYear, cvc, country = null, postalCode = null } = payment.card
  const { billing, phone = null } = session.$told ?? {}
  const address = { ...wholeAddress({ ...billing?.address, ...(country ? { country, postal_code: postalCode } : {}) }) }
  const name = payment.name ?? payment.card.name ?? billing?.name ?? null
  return createPaymentMethod(world, {
    type: 'card',
    allow_redisplay: redisplayOf(session, payment),
    card: { number, exp_month: expMonth, exp_year: expYear, cvc },
    billing_details: { address, email: payment.email ?? null, name, phone },
  })
}

/** A failed attempt in the words of a page. */
export const declinedBy = (error: { message: string; code?: string; decline_code?: string } | null): Declined => ({
  status: 'declined',
  message: error?.message ?? 'Your card was declined.',
  code: error?.code ?? 'card_declined',
  ...(error?.decline_code === undefined ? {} : { declineCode: error.decline_code }),
})

const outcomeOf = (world: World, session: CheckoutSession, intent: PaymentIntent | SetupIntent): CheckoutOutcome => {
  if (intent.status === 'requires_action') {
    return { status: 'requires_action', intentId: intent.id, challengeUrl: challengeUrl(world, intent.id) }
  }
  if (intent.status !== 'succeeded' && intent.status !== 'requires_capture') {
    return declinedBy(intent.object === 'payment_intent' ? intent.last_payment_error : intent.last_setup_error)
  }
  return { status: 'complete', redirectUrl: successUrl(world, completeSession(world, session, intent)) }
}

/** Now that it is known where the buyer is, so is the tax. */
const located = (world: World, session: CheckoutSession): CheckoutSession =>
  session.automatic_tax.enabled ? reprice(world, session, {}) : session

const pay = (world: World, asked: CheckoutSession, payment: CheckoutPayment): CheckoutOutcome => {
  const session = repriced(world, hearBuyer(world, asked, payment))
  const method = needsCard(session) ? methodOf(world, session, payment) : undefined
  const identified = located(world, identifyBuyer(world, session, { payment, method }))
  if (!method) {
    return { status: 'complete', redirectUrl: successUrl(world, completeSession(world, identified, undefined)) }
  }
  const intent = collectSession(world, identified, { method, saves: payment.savePaymentMethod === true })
  return outcomeOf(world, world.need('checkout.session', session.id), intent)
}

const withCode = (world: World, session: CheckoutSession, code: string | undefined): CheckoutSession => {
  if (code === undefined || code === '') return session
  const applied = applyPromotionCode(world, session, code)
  if (applied.status === 'refused') throw invalidRequest(applied.message, { param: 'promotion_code' })
  return world.need('checkout.session', session.id)
}

/** What the customer does on the hosted page. A decline leaves the session open for another try. */
export const payCheckoutSession = (world: World, sessionId: string, payment: CheckoutPayment): CheckoutOutcome => {
  const session = world.need('checkout.session', sessionId, { status: 404, param: 'session' })
  if (session.status === 'complete') return { status: 'complete', redirectUrl: successUrl(world, session) }
  if (session.status !== 'open') throw invalidRequest('This Checkout Session has expired.')
  try {
    refuseSpentDiscount(world, session)
    const chosen = withChosenAmount(world, session, payment.amount)
    return pay(world, withCode(world, chosen, payment.promotionCode), payment)
  } catch (cause) {
    if (cause instanceof StripeFailure && cause.error.type === 'card_error') return declinedBy(cause.error)
    throw cause
  }
}
