import type { ConnectedAccount } from '../../domain/objects/connect.ts'
import type { Charge } from '../../domain/objects/payment.ts'
import { isPlatform, type World } from '../../world.ts'
import { book, type FeePart } from './book.ts'
import { collectFee, feePart } from './fees.ts'
import { feeOf } from './reversals.ts'
import { sendTransfer } from './transfers.ts'

type PassedOn = Partial<Pick<Charge, 'application_fee' | 'transfer'>>

/** What the platform takes: never more than was captured. */
const feeOn = ({ application_fee_amount: fee, amount_captured }: Charge): number => Math.min(fee ?? 0, amount_captured)

/** The part of a direct charge that its account hands to the platform. */
export const directFee = (world: World, charge: Charge): FeePart[] =>
  isPlatform(world) ? [] : [feePart(world, feeOn(charge), charge.currency)]

const payerOf = (account: ConnectedAccount | undefined): string | undefined =>
  (account?.controller as { readonly fees?: { readonly payer?: string } } | undefined)?.fees?.payer

/** Who pays Stripe for a charge: the account that it is in, unless the platform has said that it will. */
export const payStripe = (world: World, fee: FeePart): FeePart[] => {
  const { platform } = world.accounts
  if (isPlatform(world) || payerOf(platform.store.get('account', world.account)) !== 'application') return [fee]
  book(platform, {
    amount: -fee.amount,
    currency: fee.currency,
    description: `Stripe processing fees of ${world.account}`,
    reporting_category: 'fee',
    source: null,
    type: 'stripe_fee',
  })
  return []
}

const fromDirect = (world: World, charge: Charge): PassedOn => {
  const amount = feeOn(charge)
  if (amount === 0) return {}
  const { id, currency } = charge
  return { application_fee: collectFee(world, { account: world.account, amount, charge: id, currency }).id }
}

const toDestination = (world: World, charge: Charge): PassedOn => {
  const { transfer_data, amount_captured, currency, transfer_group: group } = charge
  const destination = world.accounts.connected(transfer_data?.destination ?? '')
  if (!transfer_data || !destination) return {}
  const amount = Math.min(transfer_data.amount ?? amount_captured, amount_captured)
  if (amount === 0) return {}
  const transfer = sendTransfer(world, destination, {
    amount,
    currency,
    destination: transfer_data.destination,
    source: charge,
    group,
    fee: feeOn(charge),
  })
  const fee = feeOf(world, transfer.destination_payment)
  return { transfer: transfer.id, ...(fee ? { application_fee: fee.id } : {}) }
}

/** A settled charge's money goes where the platform said: a fee to it, or a transfer from it. */
export const passOn = (world: World, charge: Charge): PassedOn =>
  isPlatform(world) ? toDestination(world, charge) : fromDirect(world, charge)
