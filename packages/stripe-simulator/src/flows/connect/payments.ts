import type { Transfer } from '../../domain/objects/connect.ts'
import type { Charge, Refund } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'
import { book } from './book.ts'
import { feePart } from './fees.ts'

const unbilled = {
  address: null,
  email: null,
  name: null,
  phone: null,
  tax_id: null,
}

export interface Arrival {
  readonly transfer: Transfer
  /** The part that the platform takes. */
  readonly fee: number
  readonly availableOn: number
}

/** A transfer as the connected account sees it: a payment, whose id begins with `py_`. */
export const receiveTransfer = (world: World, { transfer, fee, availableOn }: Arrival): Charge => {
  const { amount, currency } = transfer
  const id = transfer.destination_payment
  const { id: balance_transaction } = book(world, {
    amount,
    available_on: availableOn,
    currency,
    fees: [feePart(world, fee, currency)],
    reporting_category: 'charge',
    source: id,
    type: 'payment',
  })
  return world.insert(
    'charge',
    {
      id,
      amount,
      amount_captured: amount,
      application_fee_amount: fee === 0 ? null : fee,
      balance_transaction,
      billing_details: unbilled,
      captured: true,
      currency,
      fraud_details: {},
      metadata: {},
      paid: true,
      payment_method_details: { type: 'stripe_account', stripe_account: {} },
      source_transfer: transfer.id,
      status: 'succeeded',
    },
    'payment.created',
  )
}

/** The platform takes a transfer back, or a part of it: for the connected account, a refund of the payment. */
export const returnTransfer = (world: World, payment: Charge, reversal: { id: string; amount: number }): Refund => {
  const id = world.ids.next('payment_refund')
  const { amount, id: source_transfer_reversal } = reversal
  const { currency } = payment
  const { id: balance_transaction } = book(world, {
    amount: -amount,
    currency,
    reporting_category: 'refund',
    source: id,
    type: 'payment_refund',
  })
  const refund = world.insert('refund', {
    id,
    amount,
    balance_transaction,
    charge: payment.id,
    currency,
    metadata: {},
    source_transfer_reversal,
    status: 'succeeded',
  })
  const amount_refunded = payment.amount_refunded + amount
  const refunded = world.update(payment, { amount_refunded, refunded: amount_refunded === payment.amount })
  world.emit('refund.created', refund)
  world.emit('charge.refunded', refunded, { amount_refunded: payment.amount_refunded, refunded: payment.refunded })
  return refund
}
