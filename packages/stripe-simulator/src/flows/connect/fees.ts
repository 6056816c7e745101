import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { ApplicationFee, FeeRefund } from '../../domain/objects/connect.ts'
import { applicationOf, type World } from '../../world.ts'
import { book, type FeePart } from './book.ts'
import { partAsked } from './part-asked.ts'
import { withLatest } from './recent.ts'

/** What a fee leaves in the transaction of the payment that it was taken from. */
export const feePart = (world: World, amount: number, currency: string): FeePart => ({
  amount,
  application: applicationOf(world),
  currency,
  description: 'Simulated account application fee',
  type: 'application_fee',
})

export interface FeeInput {
  readonly account: string
  readonly amount: number
  readonly charge: string
  readonly currency: string
  /** The platform's charge, where its transfer made the payment that the fee was taken from. */
  readonly originating?: string
}

const noRefunds = (id: string): ApplicationFee['refunds'] => ({
  object: 'list',
  data: [],
  has_more: false,
  url: `/v1/application_fees/${id}/refunds`,
})

/** The platform earns a part of a payment to a connected account. */
export const collectFee = (world: World, input: FeeInput): ApplicationFee => {
  const { platform } = world.accounts
  const { account, amount, charge, currency, originating = null } = input
  const id = platform.ids.next('application_fee')
  const { id: balance_transaction } = book(platform, {
    amount,
    currency,
    reporting_category: 'platform_earning',
    source: id,
    type: 'application_fee',
  })
  return platform.insert(
    'application_fee',
    {
      id,
      account,
      amount,
      application: applicationOf(world),
      balance_transaction,
      charge,
      currency,
      fee_source: { charge, type: 'charge' },
      originating_transaction: originating,
      refunds: noRefunds(id),
    },
    'application_fee.created',
  )
}

export interface FeeRefundInput {
  readonly amount?: number
  readonly metadata?: MetadataInput
}

const amountOf = (fee: ApplicationFee, asked: number | undefined): number => {
  const left = fee.amount - fee.amount_refunded
  if (left === 0) throw invalidRequest(`Application fee ${fee.id} has already been refunded.`)
  const tooMuch = (amount: number) => `Refund amount (${amount}) is greater than unrefunded amount on fee (${left})`
  return partAsked({ left, asked, tooMuch })
}

/** The account has its fee back: an adjustment, in Stripe's words. */
const credit = (world: World, fee: ApplicationFee, amount: number): void => {
  const account = world.accounts.connected(fee.account)
  if (!account) throw invalidRequest(`The account ${fee.account} is no longer connected.`)
  book(account, {
    amount,
    currency: fee.currency,
    description: 'Refund of an application fee',
    reporting_category: 'fee',
    source: fee.charge,
    type: 'adjustment',
  })
}

/** Gives a fee back to the account that it was taken from, or a part of it. */
export const refundFee = (world: World, feeId: string, input: FeeRefundInput): FeeRefund => {
  const { platform } = world.accounts
  const fee = platform.need('application_fee', feeId)
  const { currency } = fee
  const amount = amountOf(fee, input.amount)
  const id = platform.ids.next('fee_refund')
  const { id: balance_transaction } = book(platform, {
    amount: -amount,
    currency,
    reporting_category: 'platform_earning_refund',
    source: id,
    type: 'application_fee_refund',
  })
  credit(world, fee, amount)
  const metadata = mergeMetadata({}, input.metadata)
  const refund = platform.insert('fee_refund', { id, amount, balance_transaction, currency, fee: fee.id, metadata })
  const amount_refunded = fee.amount_refunded + amount
  const refunded = platform.update(fee, {
    amount_refunded,
    refunded: amount_refunded === fee.amount,
    refunds: withLatest(fee.refunds, refund),
  })
  const { amount_refunded: before, refunded: was, refunds } = fee
  platform.emit('application_fee.refunded', refunded, { amount_refunded: before, refunded: was, refunds })
  return refund
}
