import { behaviourOf } from '../domain/card.ts'
import { invalidRequest, missingParam, notSimulated } from '../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../domain/metadata.ts'
import type { Charge, Refund } from '../domain/objects/payment.ts'
import type { World } from '../world.ts'
import { checkRefundTerms, type RefundTerms, refundOthers } from './connect/refund-terms.ts'
import { bookRefund } from './payments/book-refund.ts'

export interface RefundInput extends RefundTerms {
  readonly amount?: number
  readonly charge?: string
  readonly metadata?: MetadataInput
  readonly payment_intent?: string
  readonly reason?: string
}

const chargeOfIntent = (world: World, id: string): string => {
  const intent = world.need('payment_intent', id, { param: 'payment_intent' })
  if (intent.status === 'succeeded' && intent.latest_charge !== null) return intent.latest_charge
  throw invalidRequest(`This PaymentIntent (${id}) does not have a successful charge to refund.`, {
    param: 'payment_intent',
    code: 'payment_intent_unexpected_state',
  })
}

const chargeOf = (world: World, input: RefundInput): Charge => {
  if (input.payment_intent !== undefined && input.charge !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: payment_intent, charge.', { param: 'charge' })
  }
  if (input.payment_intent !== undefined) return world.need('charge', chargeOfIntent(world, input.payment_intent))
  if (input.charge === undefined) throw missingParam('charge')
  return world.need('charge', input.charge, { param: 'charge' })
}

const amountOf = (charge: Charge, asked: number | undefined): number => {
  const left = charge.amount - charge.amount_refunded
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  }
  const amount = asked ?? left
  if (amount <= 0) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      param: 'amount',
      code: 'parameter_invalid_integer',
    })
  }
  if (amount > left) {
    throw invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: 'amount',
    })
  }
  return amount
}

const failsLater = (world: World, charge: Charge): boolean => {
  const method = charge.payment_method === null ? undefined : world.store.get('payment_method', charge.payment_method)
  return method !== undefined && behaviourOf(method.$number)?.refundFails === true
}

const cardDestination = {
  type: 'card',
  card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
}

/** What the bank took back already cannot be given back again. */
const refuseDisputed = (world: World, charge: Charge): void => {
  const lost = world.store.all('dispute').some((each) => each.charge === charge.id && each.status !== 'won')
  if (!lost) return
  throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' })
}

/** What is only authorized is given up by canceling its intent: there is nothing to give back. */
const refuseUncaptured = ({ id, captured, payment_intent }: Charge): void => {
  if (captured) return
  throw invalidRequest(
    `Charge ${id} has not been captured and cannot be refunded. Cancel its PaymentIntent (${payment_intent}) instead.`,
    { param: 'charge' },
  )
}

/** A payment that a transfer made goes back by reversing the transfer. */
const refusePassedOn = (charge: Charge): void => {
  if (charge.source_transfer !== null) throw notSimulated('refunds of payments that a transfer made', 'charge')
}

/** Gives back a charge, or a part of it, until it is used up. */
export const createRefund = (world: World, input: RefundInput): Refund => {
  const charge = chargeOf(world, input)
  if (charge.status !== 'succeeded') {
    throw invalidRequest(`Charge ${charge.id} has not succeeded and cannot be refunded.`, { param: 'charge' })
  }
  refuseUncaptured(charge)
  refuseDisputed(world, charge)
  refusePassedOn(charge)
  checkRefundTerms(world, charge, input)
  const amount = amountOf(charge, input.amount)
  const made = world.insert('refund', {
    amount,
    charge: charge.id,
    currency: charge.currency,
    customer: charge.customer,
    destination_details: cardDestination,
    metadata: mergeMetadata({}, input.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: input.reason ?? null,
    status: 'succeeded',
    ...(failsLater(world, charge) ? { $failsAt: world.now() + world.settings.refundFailureSeconds } : {}),
  })
  const booked = world.update(made, { balance_transaction: bookRefund(world, made, 'refund') })
  const refund = world.update(booked, refundOthers(world, { charge, refund: booked, terms: input }))
  const amount_refunded = charge.amount_refunded + amount
  const refunded = world.update(charge, { amount_refunded, refunded: amount_refunded === charge.amount })
  world.emit('refund.created', refund)
  world.emit('charge.refunded', refunded, { amount_refunded: charge.amount_refunded, refunded: charge.refunded })
  return refund
}

/** The card's bank sent the refund back. */
export const failRefund = (world: World, refund: Refund): void => {
  const { $failsAt: _failsAt, ...rest } = refund
  world.store.put({ ...rest })
  const failed = world.update(
    refund,
    {
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
      failure_balance_transaction: bookRefund(world, refund, 'refund_failure'),
    },
    'refund.updated',
  )
  const charge = world.need('charge', refund.charge)
  world.update(charge, { amount_refunded: charge.amount_refunded - refund.amount, refunded: false })
  world.emit('refund.failed', failed)
}
