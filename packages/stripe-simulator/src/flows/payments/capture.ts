import { invalidRequest } from '../../domain/failure.ts'
import type { Charge, ConnectTerms, PaymentIntent } from '../../domain/objects/payment.ts'
import { canceled, unexpectedState } from '../../domain/payment-intent.ts'
import type { World } from '../../world.ts'
import { type TermsInput, termsOf } from '../connect/terms.ts'
import { settleCharge } from './charges.ts'

/** How long a bank keeps money for a charge that is not captured. */
const heldSeconds = 7 * 86_400

const chargeOf = (world: World, intent: PaymentIntent): Charge => world.need('charge', intent.latest_charge ?? '')

const amountToCapture = (intent: PaymentIntent, asked: number | undefined): number => {
  const amount = asked ?? intent.amount_capturable
  if (amount >= 1 && amount <= intent.amount_capturable) return amount
  throw invalidRequest(
    `The requested capture amount is greater than the amount you can capture for this charge (${intent.amount_capturable}).`,
    { code: 'amount_too_large', param: 'amount_to_capture' },
  )
}

/** An intent leaves out what a charge says is nothing. */
const sharedOf = ({ transfer_data }: ConnectTerms): ConnectTerms['transfer_data'] => {
  if (!transfer_data) return null
  const { amount, destination } = transfer_data
  return typeof amount === 'number' ? { amount, destination } : { destination }
}

export interface CaptureInput extends Pick<TermsInput, 'application_fee_amount' | 'transfer_data'> {
  readonly amount_to_capture?: number
}

/** Takes what was authorized, or a part of it; the rest goes back to the card. */
export const captureIntent = (world: World, intent: PaymentIntent, input: CaptureInput): PaymentIntent => {
  if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'capture')
  const amount = amountToCapture(intent, input.amount_to_capture)
  const held = chargeOf(world, intent)
  const terms = termsOf(world, { old: held, input, amount: input.transfer_data ? amount : intent.amount })
  const charge = world.update(held, {
    ...terms,
    amount_captured: amount,
    amount_refunded: intent.amount - amount,
    captured: true,
  })
  world.emit('charge.captured', charge)
  const { application_fee_amount } = terms
  const captured = world.update(intent, {
    application_fee_amount,
    transfer_data: sharedOf(terms),
    amount_capturable: 0,
    amount_received: amount,
    status: 'succeeded',
  })
  world.emit('payment_intent.succeeded', captured)
  settleCharge(world, charge.id)
  return captured
}

/** Gives an authorized amount back: nothing was ever taken. */
export const releaseIntent = (world: World, intent: PaymentIntent): void => {
  const charge = chargeOf(world, intent)
  const released = world.update(charge, { amount_refunded: charge.amount, refunded: true })
  world.emit('charge.refunded', released, { amount_refunded: charge.amount_refunded, refunded: charge.refunded })
  world.update(intent, { amount_capturable: 0 })
}

const expire = (world: World, intent: PaymentIntent): void => {
  const charge = chargeOf(world, intent)
  const expired = world.update(charge, { amount_refunded: charge.amount, refunded: true })
  world.emit('charge.expired', expired)
  const ended = world.update(intent, { ...canceled(world.now(), 'automatic'), amount_capturable: 0 })
  world.emit('payment_intent.canceled', ended)
}

/** Authorizations that nobody captures end by themselves. */
export const captureDues = (world: World) =>
  world.store
    .all('payment_intent')
    .filter((intent) => intent.status === 'requires_capture')
    .map((intent) => ({
      about: intent,
      at: chargeOf(world, intent).created + heldSeconds,
      run: () => expire(world, intent),
    }))
