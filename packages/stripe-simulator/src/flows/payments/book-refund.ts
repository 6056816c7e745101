import type { Refund } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'

const booked = { refund: -1, refund_failure: 1 } as const

/** A refund leaves the balance, and comes back to it when the card's bank does not want it. Stripe keeps its fee. */
export const bookRefund = (world: World, refund: Refund, type: keyof typeof booked): string => {
  const amount = refund.amount * booked[type]
  const { id } = world.insert('balance_transaction', {
    amount,
    available_on: world.now(),
    balance_type: 'payments',
    currency: refund.currency,
    fee: 0,
    fee_details: [],
    net: amount,
    reporting_category: type,
    source: refund.id,
    status: 'available',
    type,
  })
  return id
}
