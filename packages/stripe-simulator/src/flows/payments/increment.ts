import type { AmountDetailsInput } from '../../domain/amount-details.ts'
import { refusal } from '../../domain/card.ts'
import { cardFailure, invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Charge, PaymentIntent } from '../../domain/objects/payment.ts'
import { unexpectedState } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import type { World } from '../../world.ts'
import { detailedAmount } from './amount-details.ts'
import { errorOf } from './attempt.ts'
import { checkPayable } from './intents.ts'

export interface IncrementInput {
  readonly amount: number
  readonly amount_details?: AmountDetailsInput
  readonly description?: string
  readonly metadata?: MetadataInput
}

interface CardDetails {
  readonly card: { readonly incremental_authorization: { readonly status: string }; readonly [field: string]: unknown }
  readonly [field: string]: unknown
}

const maximumAttempts = 10

const detailsOf = (charge: Charge): CardDetails => charge.payment_method_details as CardDetails

const refuseIneligible = (intent: PaymentIntent, charge: Charge, amount: number): void => {
  if (detailsOf(charge).card.incremental_authorization.status !== 'available') {
    throw invalidRequest('This PaymentIntent is not eligible for incremental authorization.', {
      code: 'payment_intent_invalid_parameter',
    })
  }
  if (amount <= intent.amount) {
    throw invalidRequest(`The amount has to be greater than what is authorized already (${intent.amount}).`, {
      param: 'amount',
    })
  }
  if ((intent.$increments ?? 0) >= maximumAttempts) {
    throw invalidRequest(`The authorization of a PaymentIntent can be incremented ${maximumAttempts} times.`)
  }
}

/** The bank says no: what was authorized before stays so. */
const declined = (world: World, intent: PaymentIntent): void => {
  const forced = world.forcedDeclines.shift()
  if (!forced) return
  const method = world.need('payment_method', intent.payment_method ?? '')
  const error = errorOf(method, refusal(forced.code, forced.declineCode))
  throw cardFailure(error, render(world.need('payment_intent', intent.id)))
}

const raised = (world: World, charge: Charge, amount: number): void => {
  const details = detailsOf(charge)
  const payment_method_details = { ...details, card: { ...details.card, amount_authorized: amount } }
  world.update(charge, { amount, payment_method_details }, 'charge.updated')
}

/** Asks the bank to hold more of the customer's money. */
export const incrementAuthorization = (world: World, given: PaymentIntent, input: IncrementInput): PaymentIntent => {
  const { amount } = input
  if (given.status !== 'requires_capture') throw unexpectedState(given, 'increment the authorization of')
  const charge = world.need('charge', given.latest_charge ?? '')
  refuseIneligible(given, charge, amount)
  checkPayable(amount, given.currency)
  const intent = world.update(given, { $increments: (given.$increments ?? 0) + 1 })
  declined(world, intent)
  raised(world, charge, amount)
  const held = world.update(intent, {
    amount,
    amount_capturable: amount,
    description: input.description ?? intent.description,
    metadata: mergeMetadata(intent.metadata, input.metadata),
    ...detailedAmount(world, { ...intent, amount }, input.amount_details),
  })
  world.emit('payment_intent.amount_capturable_updated', held)
  return held
}
