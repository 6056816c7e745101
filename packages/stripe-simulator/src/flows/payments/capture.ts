import type { AmountDetailsInput } from '../../domain/amount-details.ts'
import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Charge, ConnectTerms, PaymentIntent } from '../../domain/objects/payment.ts'
import { canceled, unexpectedState } from '../../domain/payment-intent.ts'
import type { World } from '../../world.ts'
import { type SharedInput, termsOf } from '../connect/terms.ts'
import { detailedAmount } from './amount-details.ts'
import { descriptorOf, settleCharge } from './charges.ts'

/** How long a bank keeps money for a charge that is not captured. */
const heldSeconds = 7 * 86_400

interface ChargeCapture {
  readonly amount: number
  readonly changes?: Partial<Charge>
}

/** Takes so much of what a bank holds; the rest goes back to the card. */
export const captureCharge = (world: World, charge: Charge, { amount, changes }: ChargeCapture): Charge => {
  const captured = world.update(charge, {
    ...changes,
    amount_captured: amount,
    amount_refunded: charge.amount - amount,
    captured: true,
  })
  world.emit('charge.captured', captured)
  return captured
}

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

export interface CaptureInput extends SharedInput {
  readonly amount_to_capture?: number | undefined
  readonly amount_details?: AmountDetailsInput
  readonly final_capture?: boolean
  readonly metadata?: MetadataInput
  readonly receipt_email?: string | undefined
  readonly statement_descriptor_suffix?: string | undefined
}

const refuseMore = ({ final_capture }: CaptureInput): void => {
  if (final_capture !== false) return
  throw invalidRequest('Multiple captures are not available for this PaymentIntent.', { param: 'final_capture' })
}

const written = (intent: PaymentIntent, { statement_descriptor_suffix: suffix }: CaptureInput): Partial<Charge> => {
  if (suffix === undefined) return {}
  const described = { ...intent, statement_descriptor_suffix: suffix || null }
  return { statement_descriptor_suffix: suffix || null, calculated_statement_descriptor: descriptorOf(described) }
}

/** Takes what was authorized, or a part of it; the rest goes back to the card. */
export const captureIntent = (world: World, given: PaymentIntent, input: CaptureInput): PaymentIntent => {
  if (given.status !== 'requires_capture') throw unexpectedState(given, 'capture')
  refuseMore(input)
  const amount = amountToCapture(given, input.amount_to_capture)
  const { statement_descriptor_suffix } = { ...given, ...written(given, input) }
  const held = chargeOf(world, given)
  const terms = termsOf(world, { old: held, input, amount: input.transfer_data ? amount : given.amount })
  const intent = world.update(given, {
    metadata: mergeMetadata(given.metadata, input.metadata),
    statement_descriptor_suffix,
    application_fee_amount: terms.application_fee_amount,
    transfer_data: sharedOf(terms),
    ...(input.amount_details ? detailedAmount(world, { ...given, amount }, input.amount_details) : {}),
  })
  const receipt = input.receipt_email ? { receipt_email: input.receipt_email } : {}
  const changes = { ...terms, ...receipt, ...written(intent, input) }
  const charge = captureCharge(world, held, { amount, changes })
  const captured = world.update(intent, { amount_capturable: 0, amount_received: amount, status: 'succeeded' })
  world.emit('payment_intent.succeeded', captured)
  settleCharge(world, charge.id)
  return captured
}

/** Gives an authorized amount back: nothing was ever taken. */
const releaseCharge = (world: World, charge: Charge): void => {
  const released = world.update(charge, { amount_refunded: charge.amount, refunded: true })
  world.emit('charge.refunded', released, { amount_refunded: charge.amount_refunded, refunded: charge.refunded })
}

export const releaseIntent = (world: World, intent: PaymentIntent): void => {
  releaseCharge(world, chargeOf(world, intent))
  world.update(intent, { amount_capturable: 0 })
}

const expireCharge = (world: World, charge: Charge): void => {
  const expired = world.update(charge, { amount_refunded: charge.amount, refunded: true })
  world.emit('charge.expired', expired)
}

const expire = (world: World, intent: PaymentIntent): void => {
  expireCharge(world, chargeOf(world, intent))
  const ended = world.update(intent, { ...canceled(world.now(), 'automatic'), amount_capturable: 0 })
  world.emit('payment_intent.canceled', ended)
}

const isHeld = ({ captured, payment_intent, refunded, status }: Charge): boolean =>
  payment_intent === null && status === 'succeeded' && !captured && !refunded

/** Authorizations that nobody captures end by themselves. */
export const captureDues = (world: World) => [
  ...world.store
    .all('payment_intent')
    .filter((intent) => intent.status === 'requires_capture')
    .map((intent) => ({
      about: intent,
      at: chargeOf(world, intent).created + heldSeconds,
      run: () => expire(world, intent),
    })),
  ...world.store
    .all('charge')
    .filter(isHeld)
    .map((charge) => ({ about: charge, at: charge.created + heldSeconds, run: () => expireCharge(world, charge) })),
]
