import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { ApplicationFee, Transfer, TransferReversal } from '../../domain/objects/connect.ts'
import type { World } from '../../world.ts'
import { book } from './book.ts'
import { refundFee } from './fees.ts'
import { partAsked } from './part-asked.ts'
import { returnTransfer } from './payments.ts'
import { withLatest } from './recent.ts'
import { share } from './share.ts'

export interface ReversalInput {
  readonly amount?: number
  readonly metadata?: MetadataInput
  readonly refund_application_fee?: boolean
}

const amountOf = (transfer: Transfer, asked: number | undefined): number => {
  const left = transfer.amount - transfer.amount_reversed
  if (left === 0) throw invalidRequest(`Transfer ${transfer.id} is already fully reversed.`)
  const tooMuch = (amount: number) =>
    `Reversal amount (${amount}) is greater than unreversed amount on transfer (${left})`
  return partAsked({ left, asked, tooMuch })
}

const destinationOf = (world: World, { destination }: Transfer): World => {
  const account = world.accounts.connected(destination)
  if (!account) throw invalidRequest(`The account ${destination} is no longer connected.`)
  return account
}

export const feeOf = (world: World, charge: string): ApplicationFee | undefined =>
  world.accounts.platform.store.all('application_fee').find((fee) => fee.charge === charge)

const refundShare = (world: World, transfer: Transfer, amount: number): void => {
  const fee = feeOf(world, transfer.destination_payment)
  if (!fee) throw invalidRequest(`Transfer ${transfer.id} has no application fee.`, { param: 'refund_application_fee' })
  const part = share(fee, { of: transfer.amount, before: transfer.amount_reversed, amount })
  if (part > 0) refundFee(world, fee.id, { amount: part })
}

/** Takes a transfer back, or a part of it. `refund`: the one that it is taken back for. */
export const reverseTransfer = (
  world: World,
  transfer: Transfer,
  { refund = null, ...input }: ReversalInput & { readonly refund?: string | null },
): TransferReversal => {
  const amount = amountOf(transfer, input.amount)
  const destination = destinationOf(world, transfer)
  const { currency } = transfer
  const id = world.ids.next('transfer_reversal')
  const { id: balance_transaction } = book(world, {
    amount,
    currency,
    reporting_category: 'transfer_reversal',
    source: id,
    type: 'transfer_refund',
  })
  const payment = destination.need('charge', transfer.destination_payment)
  const returned = returnTransfer(destination, payment, { id, amount })
  const reversal = world.insert('transfer_reversal', {
    id,
    amount,
    balance_transaction,
    currency,
    destination_payment_refund: returned.id,
    metadata: mergeMetadata({}, input.metadata),
    source_refund: refund,
    transfer: transfer.id,
  })
  const amount_reversed = transfer.amount_reversed + amount
  const reversed = world.update(transfer, {
    amount_reversed,
    reversed: amount_reversed === transfer.amount,
    reversals: withLatest(transfer.reversals, reversal),
  })
  const { amount_reversed: before, reversed: was, reversals } = transfer
  world.emit('transfer.reversed', reversed, { amount_reversed: before, reversed: was, reversals })
  if (input.refund_application_fee === true) refundShare(world, transfer, amount)
  return reversal
}
