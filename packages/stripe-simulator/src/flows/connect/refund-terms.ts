import { invalidRequest } from '../../domain/failure.ts'
import type { TransferReversal } from '../../domain/objects/connect.ts'
import type { Charge, Refund } from '../../domain/objects/payment.ts'
import { isPlatform, type World } from '../../world.ts'
import { refundFee } from './fees.ts'
import { reverseTransfer } from './reversals.ts'
import { type Portion, share } from './share.ts'

export interface RefundTerms {
  readonly refund_application_fee?: boolean
  readonly reverse_transfer?: boolean
}

export interface RefundOf {
  readonly charge: Charge
  readonly refund: Refund
  readonly terms: RefundTerms
}

/** Refuses what is not there to be taken back. */
export const checkRefundTerms = (world: World, charge: Charge, terms: RefundTerms): void => {
  if (terms.reverse_transfer === true && (!isPlatform(world) || charge.transfer === undefined)) {
    throw invalidRequest(
      `Cannot reverse the transfer of charge ${charge.id}: it does not have an associated transfer.`,
      { param: 'reverse_transfer' },
    )
  }
  if (terms.refund_application_fee === true && charge.application_fee === null) {
    throw invalidRequest(`Charge ${charge.id} does not have an application fee to refund.`, {
      param: 'refund_application_fee',
    })
  }
}

/** What was never captured is counted as refunded, and is no part of the whole. */
const portionOf = ({ charge, refund }: RefundOf): Portion => ({
  of: charge.amount_captured,
  before: charge.amount_refunded - (charge.amount - charge.amount_captured),
  amount: refund.amount,
})

const reverse = (world: World, given: RefundOf): TransferReversal | undefined => {
  const transfer = world.need('transfer', given.charge.transfer ?? '')
  const used = { amount: transfer.amount, amount_refunded: transfer.amount_reversed }
  const amount = share(used, portionOf(given))
  return amount === 0 ? undefined : reverseTransfer(world, transfer, { amount, refund: given.refund.id })
}

const giveFeeBack = (world: World, given: RefundOf): void => {
  const fee = world.accounts.platform.need('application_fee', given.charge.application_fee ?? '')
  const amount = share(fee, portionOf(given))
  if (amount > 0) refundFee(world, fee.id, { amount })
}

/** With a refund goes back, in proportion, what others had of the charge. */
export const refundOthers = (world: World, given: RefundOf): Partial<Refund> => {
  const { terms } = given
  const reversal = terms.reverse_transfer === true ? reverse(world, given) : undefined
  if (terms.refund_application_fee === true) giveFeeBack(world, given)
  return reversal ? { transfer_reversal: reversal.id } : {}
}
