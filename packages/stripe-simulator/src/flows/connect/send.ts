import { checkCurrency } from '../../domain/currency.ts'
import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Transfer } from '../../domain/objects/connect.ts'
import type { Charge } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'
import { availableIn } from './book.ts'
import { checkDestination } from './terms.ts'
import { sendTransfer } from './transfers.ts'

export interface TransferInput {
  readonly amount?: number
  readonly currency?: string
  readonly description?: string
  readonly destination?: string
  readonly metadata?: MetadataInput
  readonly source_transaction?: string
  readonly transfer_group?: string
}

const sourceOf = (world: World, input: TransferInput): Charge | undefined => {
  const { source_transaction: id } = input
  if (id === undefined) return undefined
  const param = 'source_transaction'
  const charge = world.need('charge', id, { param })
  if (charge.balance_transaction === null) {
    throw invalidRequest(`The charge ${id} has not been paid: nothing of it can be transferred.`, { param })
  }
  if (charge.currency === input.currency) return charge
  throw invalidRequest(`The currency of source_transaction's balance transaction (${charge.currency}) must be used.`, {
    param: 'currency',
  })
}

/** What of a charge has gone on already: reversed transfers come back to it. */
const usedOf = (world: World, charge: Charge): number =>
  world.store
    .all('transfer')
    .filter((transfer) => transfer.source_transaction === charge.id)
    .reduce((sum, { amount, amount_reversed }) => sum + amount - amount_reversed, 0)

const checkSource = (world: World, charge: Charge, amount: number): void => {
  const left = charge.amount - charge.amount_refunded - usedOf(world, charge)
  if (amount <= left) return
  throw invalidRequest(
    `Transfers using this transaction as a source must not exceed the source amount of ${charge.amount_captured}: ${left} are left.`,
    { param: 'amount' },
  )
}

const checkBalance = (world: World, currency: string, amount: number): void => {
  if (amount <= availableIn(world, currency)) return
  throw invalidRequest(
    'You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card. See: https://stripe.com/docs/testing#available-balance',
    { code: 'balance_insufficient' },
  )
}

/** A charge and what is transferred of it are one group. */
const groupOf = (world: World, input: TransferInput, source: Charge | undefined): string | null => {
  const { transfer_group: asked = null } = input
  if (!source) return asked
  const group = source.transfer_group ?? asked ?? `group_${source.payment_intent ?? source.id}`
  if (asked !== null && asked !== group) {
    throw invalidRequest(`The transfer_group of the source_transaction is ${group}: a transfer of it has the same.`, {
      param: 'transfer_group',
    })
  }
  if (source.transfer_group === null) world.update(source, { transfer_group: group })
  return group
}

/** The platform sends money on its own account, or of one of its charges. */
export const createTransfer = (world: World, input: TransferInput): Transfer => {
  const { amount, destination = '' } = input
  if (amount === undefined) throw missingParam('amount')
  if (amount < 1) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      param: 'amount',
      code: 'parameter_invalid_integer',
    })
  }
  const currency = checkCurrency(input.currency ?? '')
  const account = checkDestination(world, destination, { param: 'destination' })
  const source = sourceOf(world, { ...input, currency })
  if (source) checkSource(world, source, amount)
  else checkBalance(world, currency, amount)
  return sendTransfer(world, account, {
    amount,
    currency,
    description: input.description,
    destination,
    metadata: mergeMetadata({}, input.metadata),
    source,
    group: groupOf(world, input, source),
  })
}
