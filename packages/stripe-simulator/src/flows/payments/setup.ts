import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { SetupIntent } from '../../domain/objects/payment.ts'
import { asked, notSetUp, setUp } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import { judgeSetup } from '../../domain/verdict.ts'
import type { World } from '../../world.ts'
import { asksForProof, errorOf, type PaymentAttempt } from './attempt.ts'
import { nextAction } from './next-action.ts'
import { attachPaymentMethod, cardBehaviour } from './payment-methods.ts'

const failSetup = (world: World, intent: SetupIntent, error: SetupIntent['last_setup_error']): SetupIntent => {
  const failed = world.update(intent, error ? notSetUp(error) : {})
  world.emit('setup_intent.setup_failed', failed)
  return failed
}

const save = (world: World, intent: SetupIntent, method: PaymentMethod): SetupIntent => {
  const current = world.need('payment_method', method.id)
  const attach = intent.customer !== null && current.customer === null
  const saved = attach ? attachPaymentMethod(world, current, intent.customer ?? '') : current
  if (intent.usage === 'off_session') world.update(saved, { $setUp: true })
  const done = world.update(intent, setUp(method.id))
  world.emit('setup_intent.succeeded', done)
  return done
}

/** The same as `attemptPayment`, with nothing to pay. */
export const attemptSetup = (world: World, intent: SetupIntent, attempt: PaymentAttempt): SetupIntent => {
  const { method } = attempt
  const verdict = judgeSetup(cardBehaviour(method), { ...attempt, requested: asksForProof(intent) })
  if (verdict.kind === 'succeed') return save(world, intent, method)
  if (verdict.kind === 'decline') return failSetup(world, intent, errorOf(method, verdict.refusal))
  const changes = { ...asked(method.id, nextAction(world, intent, attempt)), $returnUrl: attempt.returnUrl }
  const waiting = world.update(intent, changes as Partial<SetupIntent>)
  world.emit('setup_intent.requires_action', waiting)
  return waiting
}

export const failSetupAuthentication = (world: World, intent: SetupIntent, method: PaymentMethod): SetupIntent =>
  failSetup(world, intent, {
    type: 'invalid_request_error',
    code: 'setup_intent_authentication_failure',
    message:
      'The latest attempt to set up the payment method has failed because authentication failed. You can provide payment_method_data or a new PaymentMethod to try again.',
    payment_method: render(method),
  })
