import { type Refusal, refusal } from '../../domain/card.ts'
import { type DebitBehaviour, debitBehaviourOf } from '../../domain/debit.ts'
import { invalidRequest } from '../../domain/failure.ts'
import type { DebitMethod, PaymentMethod } from '../../domain/objects/customer.ts'
import type { PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import { asked, underway, unpaid } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import type { World } from '../../world.ts'
import { pendingCharge } from './charges.ts'
import { keepMethod } from './keep-method.ts'

type Intent = PaymentIntent | SetupIntent

const debitBehaviour = (method: DebitMethod): DebitBehaviour => {
  const behaviour = debitBehaviourOf(method.$number)
  if (!behaviour) throw new TypeError(`No test account has the number of ${method.id}`)
  return behaviour
}

const unsuitable = (intent: Intent, { type }: PaymentMethod): string =>
  `The PaymentMethod provided (${type}) is not allowed for this ${intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'}. Please attach a PaymentMethod of one of the following types: ${intent.payment_method_types.join(', ')}. Alternatively turn on ${type} in the account's payment methods, for a currency that it supports.`

const suits = (intent: Intent, { type }: PaymentMethod): boolean => intent.payment_method_types.includes(type)

/** A method of a kind that the intent does not offer. */
export const refuseUnsuitable = (intent: Intent, method: PaymentMethod): void => {
  if (suits(intent, method)) return
  const code =
    intent.object === 'payment_intent' ? 'payment_intent_incompatible_payment_method' : 'setup_intent_invalid_parameter'
  throw invalidRequest(unsuitable(intent, method), { code, param: 'payment_method' })
}

/** What keeps an absent customer's account from being debited at all. */
const obstacle = (intent: PaymentIntent, method: DebitMethod): { code: string; message: string } | undefined => {
  if (!suits(intent, method)) {
    return { code: 'payment_intent_incompatible_payment_method', message: unsuitable(intent, method) }
  }
  if (method.$mandate !== undefined) return undefined
  const message = 'This PaymentIntent requires a mandate, but no existing mandate was found.'
  return { code: 'payment_intent_mandate_invalid', message }
}

const refuse = (world: World, intent: PaymentIntent, error: { code: string; message: string; method: DebitMethod }) => {
  const { code, message, method } = error
  const failed = world.update(
    intent,
    unpaid({ type: 'invalid_request_error', code, message, payment_method: render(method) }),
  )
  world.emit('payment_intent.payment_failed', failed)
  return failed
}

const arrivalSeconds = 86_400

/** The owner of an account is asked what small deposits arrived on it. */
export const askForDeposits = <I extends Intent>(world: World, intent: I, method: DebitMethod): I => {
  const action = asked(method.id, {
    type: 'verify_with_microdeposits',
    verify_with_microdeposits: {
      arrival_date: world.now() + arrivalSeconds,
      hosted_verification_url: world.url(`/_simulator/microdeposits/${intent.id}`),
      microdeposit_type: 'descriptor_code',
    },
  })
  const waiting = world.update(intent, { ...action, $askedAt: world.now() }) as I
  world.emit(`${intent.object}.requires_action`, waiting)
  return waiting
}

const forcedRefusal = (world: World): Refusal | undefined => {
  const forced = world.forcedDeclines.shift()
  return forced && refusal(forced.code, forced.declineCode)
}

const slowSeconds = 180

/** Sends a debit to the bank. What the bank makes of it is heard later. */
export const attemptDebit = (world: World, intent: PaymentIntent, method: DebitMethod): PaymentIntent => {
  const reason = obstacle(intent, method)
  if (reason) return refuse(world, intent, { ...reason, method })
  if (method.type === 'us_bank_account' && !method.$verified) return askForDeposits(world, intent, method)
  const { decline, slow, endless } = debitBehaviour(method)
  const seconds = world.settings.debitSeconds + (slow ? slowSeconds : 0)
  const charge = pendingCharge(world, intent, {
    method,
    at: endless ? null : world.now() + seconds,
    refusal: forcedRefusal(world) ?? decline,
  })
  keepMethod(world, intent, method)
  const sent = world.update(intent, underway(charge.id, method.id))
  world.emit('payment_intent.processing', sent)
  return sent
}
