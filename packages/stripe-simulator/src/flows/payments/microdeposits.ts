import { invalidRequest, missingParam, type StripeFailure } from '../../domain/failure.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { PaymentError, PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import { unexpectedState, unpaid } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import type { DepositsInput } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { attemptPayment } from './attempt.ts'
import { attemptSetup, failSetup } from './setup.ts'

type Intent = PaymentIntent | SetupIntent

/** What Stripe's test amounts and codes stand for. */
const meanings: Readonly<Record<string, 'attempts_exceeded' | 'timeout' | 'verified'>> = {
  '32,45': 'verified',
  SM11AA: 'verified',
  '10,11': 'attempts_exceeded',
  SM33CC: 'attempts_exceeded',
  '40,41': 'timeout',
  SM44DD: 'timeout',
}

const inOrder = (amounts: readonly number[]): string => [...amounts].sort((a, b) => a - b).join(',')

const mismatch = ({ amounts }: DepositsInput): StripeFailure =>
  amounts
    ? invalidRequest('The amounts provided do not match the amounts that were sent to the bank account.', {
        code: 'payment_method_microdeposit_verification_amounts_mismatch',
        param: 'amounts',
      })
    : invalidRequest('The descriptor code provided does not match the code that was sent to the bank account.', {
        code: 'payment_method_microdeposit_verification_descriptor_code_mismatch',
        param: 'descriptor_code',
      })

const meaningOf = (input: DepositsInput): 'attempts_exceeded' | 'timeout' | 'verified' => {
  const { amounts, descriptor_code: code } = input
  if (amounts && code !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: amounts, descriptor_code.', {
      param: 'amounts',
    })
  }
  if (!amounts && code === undefined) throw missingParam('amounts')
  const meaning = meanings[amounts ? inOrder(amounts) : (code ?? '').toUpperCase()]
  if (!meaning) throw mismatch(input)
  return meaning
}

const messages = {
  attempts_exceeded: 'You have exceeded the number of allowed verification attempts.',
  timeout: 'The microdeposits were not verified within ten days.',
}

const failWith = (world: World, intent: Intent, error: PaymentError): Intent => {
  if (intent.object === 'setup_intent') return failSetup(world, intent, error)
  const failed = world.update(intent, unpaid(error))
  world.emit('payment_intent.payment_failed', failed)
  return failed
}

const errorFor = (method: PaymentMethod, code: string, message: string): PaymentError => ({
  type: 'invalid_request_error',
  code,
  message,
  payment_method: render(method),
})

export const waitsForDeposits = (intent: Intent): boolean =>
  intent.status === 'requires_action' && intent.next_action?.type === 'verify_with_microdeposits'

const methodOf = (world: World, intent: Intent): PaymentMethod =>
  world.need('payment_method', intent.payment_method ?? '')

/** The owner says what arrived. Right, the account is theirs and the intent goes on. */
export const verifyDeposits = (world: World, intent: Intent, input: DepositsInput): Intent => {
  if (!waitsForDeposits(intent)) throw unexpectedState(intent, 'verify microdeposits for')
  const meaning = meaningOf(input)
  const method = methodOf(world, intent)
  if (meaning !== 'verified') {
    const code = `payment_method_microdeposit_verification_${meaning}`
    return failWith(world, intent, errorFor(method, code, messages[meaning]))
  }
  const attempt = { method: world.update(method, { $verified: true }) }
  return intent.object === 'payment_intent'
    ? attemptPayment(world, intent, attempt)
    : attemptSetup(world, intent, attempt)
}

/** The deposits could not be sent. */
export const failDeposits = (world: World, intent: Intent): Intent =>
  failWith(
    world,
    intent,
    errorFor(
      methodOf(world, intent),
      'payment_method_microdeposit_failed',
      'Microdeposits to the bank account failed.',
    ),
  )

export const timeOutDeposits = (world: World, intent: Intent): Intent =>
  failWith(
    world,
    intent,
    errorFor(methodOf(world, intent), 'payment_method_microdeposit_verification_timeout', messages.timeout),
  )
