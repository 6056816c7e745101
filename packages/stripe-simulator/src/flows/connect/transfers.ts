import { mergeMetadata } from '../../domain/metadata.ts'
import type { Metadata } from '../../domain/objects/base.ts'
import type { Transfer } from '../../domain/objects/connect.ts'
import type { Charge } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'
import { book } from './book.ts'
import { collectFee } from './fees.ts'
import { receiveTransfer } from './payments.ts'

export interface TransferFields {
  readonly amount: number
  readonly currency: string
  readonly description?: string | undefined
  readonly destination: string
  readonly metadata?: Metadata
  /** The charge whose money it is. */
  readonly source?: Charge | undefined
  readonly group: string | null
  /** What the platform takes of it. */
  readonly fee?: number | undefined
}

const availability = (world: World, source: Charge | undefined): number => {
  const transaction = world.store.get('balance_transaction', source?.balance_transaction ?? '')
  return Number(transaction?.available_on ?? world.now())
}

const takeFee = (world: World, transfer: Transfer, fee: number): void => {
  if (fee === 0) return
  const { destination, destination_payment, currency, source_transaction } = transfer
  const account = world.accounts.holding(destination_payment)
  const { id } = collectFee(world, {
    account: destination,
    amount: fee,
    charge: destination_payment,
    currency,
    ...(source_transaction === null ? {} : { originating: source_transaction }),
  })
  account.update(account.need('charge', destination_payment), { application_fee: id })
}

/** Sends money to a connected account, where it arrives as a payment. */
export const sendTransfer = (world: World, destination: World, fields: TransferFields): Transfer => {
  const { amount, currency, source, fee = 0 } = fields
  const id = world.ids.next('transfer')
  const { id: balance_transaction } = book(world, {
    amount: -amount,
    currency,
    reporting_category: 'transfer',
    source: id,
    type: 'transfer',
  })
  const transfer = world.insert(
    'transfer',
    {
      id,
      amount,
      balance_transaction,
      currency,
      description: fields.description ?? null,
      destination: fields.destination,
      destination_payment: world.ids.next('payment'),
      metadata: mergeMetadata({}, fields.metadata),
      reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
      source_transaction: source?.id ?? null,
      source_type: 'card',
      transfer_group: fields.group,
    },
    'transfer.created',
  )
  receiveTransfer(destination, { transfer, fee, availableOn: availability(world, source) })
  takeFee(world, transfer, fee)
  return transfer
}
