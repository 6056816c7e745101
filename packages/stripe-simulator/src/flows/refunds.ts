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
  readonly currency?: string
  readonly customer?: string
  readonly instructions_email?: string
  readonly metadata?: MetadataInput
  readonly origin?: 'customer_balance'
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

/** What was never taken cannot fail to come back. */
const failsLater = (world: World, charge: Charge): boolean => {
  if (!charge.captured) return false
  const method = charge.payment_method === null ? undefined : world.store.get('payment_method', charge.payment_method)
  return method !== undefined && behaviourOf(method.$number)?.refundFails === true
}

const cardDestination = {
  type: 'card',
  card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
}

const transfer = { reference: null, reference_status: 'pending' }

/** Where a refund goes: back to the card, or as a transfer to the account that was debited. */
const destinationOf = ({ payment_method_details: details }: Charge): object => {
  const { type } = details as { readonly type: string }
  if (type === 'us_bank_account') return { type: 'us_bank_transfer', us_bank_transfer: transfer }
  return type === 'sepa_debit' ? { type: 'eu_bank_transfer', eu_bank_transfer: transfer } : cardDestination
}

/** What the bank took back already cannot be given back again. */
const refuseDisputed = (world: World, charge: Charge): void => {
  const lost = world.store.all('dispute').some((each) => each.charge === charge.id && each.status !== 'won')
  if (!lost) return
  throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' })
}

/** A payment that a transfer made goes back by reversing the transfer. */
const refusePassedOn = (charge: Charge): void => {
  if (charge.source_transfer !== null) throw notSimulated('refunds of payments that a transfer made', 'charge')
}

/** A customer's own money, of which there is none here. */
const refuseCashBalance = (world: World, { customer, currency, origin }: RefundInput): void => {
  if (origin === undefined) {
    const param = customer === undefined ? 'currency' : 'customer'
    if (customer === undefined && currency === undefined) return
    throw invalidRequest(`The parameter ${param} can only be used with origin: customer_balance.`, { param })
  }
  if (customer === undefined) throw missingParam('customer')
  if (currency === undefined) throw missingParam('currency')
  world.need('customer', customer, { param: 'customer' })
  throw invalidRequest('The cash balance of this customer is not sufficient for this refund.', {
    code: 'insufficient_funds',
    param: 'amount',
  })
}

/** Nothing was taken yet: a payment intent is canceled instead, and a charge of its own is let go whole. */
const refuseHeld = (charge: Charge, amount: number): void => {
  if (charge.captured) return
  if (charge.payment_intent !== null) {
    throw invalidRequest(
      `Charge ${charge.id} has not been captured: cancel its PaymentIntent ${charge.payment_intent} instead.`,
      { code: 'payment_intent_unexpected_state', param: 'charge' },
    )
  }
  if (amount === charge.amount) return
  throw invalidRequest('You cannot partially refund an uncaptured charge. Instead, capture the charge for a part.', {
    code: 'charge_not_captured',
    param: 'amount',
  })
}

/** The refund leaves the balance, and so does what others had of it. */
const takeBack = (
  world: World,
  made: Refund,
  given: { readonly charge: Charge; readonly terms: RefundTerms },
): Refund => {
  const booked = world.update(made, { balance_transaction: bookRefund(world, made, 'refund') })
  return world.update(booked, refundOthers(world, { ...given, refund: booked }))
}

/** Gives back a charge, or a part of it, until it is used up. */
export const createRefund = (world: World, input: RefundInput): Refund => {
  refuseCashBalance(world, input)
  const charge = chargeOf(world, input)
  if (charge.status !== 'succeeded') {
    throw invalidRequest(`Charge ${charge.id} has not succeeded and cannot be refunded.`, { param: 'charge' })
  }
  refuseDisputed(world, charge)
  refusePassedOn(charge)
  checkRefundTerms(world, charge, input)
  const amount = amountOf(charge, input.amount)
  refuseHeld(charge, amount)
  const made = world.insert('refund', {
    amount,
    charge: charge.id,
    currency: charge.currency,
    customer: charge.customer,
    destination_details: destinationOf(charge),
    metadata: mergeMetadata({}, input.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: input.reason ?? null,
    ...(input.instructions_email === undefined ? {} : { instructions_email: input.instructions_email }),
    status: 'succeeded',
    ...(failsLater(world, charge) ? { $failsAt: world.now() + world.settings.refundFailureSeconds } : {}),
  })
  const refund = charge.captured ? takeBack(world, made, { charge, terms: input }) : made
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
