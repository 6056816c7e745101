import { type Refusal, refusal } from '../../domain/card.ts'
import type { CardMethod, PaymentMethod } from '../../domain/objects/customer.ts'
import type { PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import { asked, authorized, capturesLater, paid, unpaid } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import { type Attempt, judgeCharge, type Verdict } from '../../domain/verdict.ts'
import type { World } from '../../world.ts'
import { takesPayments } from '../connect/terms.ts'
import { failedCharge, succeededCharge } from './charges.ts'
import { attemptDebit } from './debits.ts'
import { keepMethod } from './keep-method.ts'
import { nextAction, type ReturnWay } from './next-action.ts'
import { errorOf } from './payment-error.ts'
import { cardBehaviour } from './payment-methods.ts'

export interface PaymentAttempt extends Attempt, ReturnWay {
  readonly method: PaymentMethod
}

type CardAttempt = PaymentAttempt & { readonly method: CardMethod }

/** Whether the seller asks for 3-D Secure whatever the bank thinks. */
export const asksForProof = ({ payment_method_options }: PaymentIntent | SetupIntent): boolean =>
  !['automatic', null, undefined].includes(payment_method_options.card?.request_three_d_secure)

/** What the bank says to an attempt, unless a decline was ordered. */
export const verdictOn = (world: World, intent: PaymentIntent, { method, ...given }: CardAttempt): Verdict => {
  const authenticated = given.authenticated === true || intent.$proven === method.id
  const attempt = { ...given, authenticated, requested: asksForProof(intent) }
  if (!takesPayments(world)) return { kind: 'decline', refusal: refusal('processing_error') }
  const forced = world.forcedDeclines.shift()
  if (forced) return { kind: 'decline', refusal: refusal(forced.code, forced.declineCode) }
  return judgeCharge(cardBehaviour(method), attempt, method.$setUp === true)
}

const decline = (world: World, intent: PaymentIntent, attempt: { method: PaymentMethod; why: Refusal }) => {
  const { method, why } = attempt
  const charge = failedCharge(world, { intent, method, refusal: why })
  const failed = world.update(intent, unpaid(errorOf(method, why, charge.id)))
  world.emit('payment_intent.payment_failed', failed)
  return failed
}

const succeed = (world: World, intent: PaymentIntent, method: PaymentMethod): PaymentIntent => {
  const charge = succeededCharge(world, intent, method)
  keepMethod(world, intent, method)
  if (capturesLater(intent)) {
    const held = world.update(intent, authorized(intent, charge.id, method.id))
    world.emit('payment_intent.amount_capturable_updated', held)
    return held
  }
  const done = world.update(intent, paid(intent, charge.id, method.id))
  world.emit('payment_intent.succeeded', done)
  return done
}

const attemptCard = (world: World, intent: PaymentIntent, attempt: CardAttempt): PaymentIntent => {
  const verdict = verdictOn(world, intent, attempt)
  const { method } = attempt
  if (verdict.kind === 'succeed') return succeed(world, intent, method)
  if (verdict.kind === 'decline') return decline(world, intent, { method, why: verdict.refusal })
  const changes = asked(method.id, nextAction(world, intent, attempt))
  const waiting = world.update(intent, { ...changes, $returnUrl: attempt.returnUrl } as Partial<PaymentIntent>)
  world.emit('payment_intent.requires_action', waiting)
  return waiting
}

/**
 * Tries to collect an intent with a method. The intent comes back as `succeeded`, `processing`, `requires_action`, or
 * `requires_payment_method` with its `last_payment_error`; what that means for others is the caller's to do.
 */
export const attemptPayment = (world: World, intent: PaymentIntent, attempt: PaymentAttempt): PaymentIntent => {
  const { method } = attempt
  return method.type === 'card'
    ? attemptCard(world, intent, { ...attempt, method })
    : attemptDebit(world, intent, method)
}

/** The customer gave up, or failed to prove who they are. */
export const failAuthentication = (world: World, intent: PaymentIntent, method: PaymentMethod): PaymentIntent => {
  const failed = world.update(
    intent,
    unpaid({
      type: 'invalid_request_error',
      code: 'payment_intent_authentication_failure',
      message:
        'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
      payment_method: render(method),
    }),
  )
  world.emit('payment_intent.payment_failed', failed)
  return failed
}
