import type { BalanceTransaction } from '../../domain/objects/account.ts'
import type { World } from '../../world.ts'

export interface FeePart {
  readonly amount: number
  readonly application: string | null
  readonly currency: string
  readonly description: string
  readonly type: 'application_fee' | 'stripe_fee'
}

export interface Booking {
  readonly amount: number
  readonly available_on?: number
  readonly currency: string
  readonly description?: string
  readonly fees?: readonly FeePart[]
  readonly reporting_category: string
  readonly source: string | null
  readonly type: string
}

/** Money that comes into an account's balance, or leaves it. */
export const book = (world: World, { fees = [], ...booking }: Booking): BalanceTransaction => {
  const { amount, available_on = world.now() } = booking
  const fee = fees.reduce((sum, part) => sum + part.amount, 0)
  return world.insert('balance_transaction', {
    ...booking,
    available_on,
    balance_type: 'payments',
    fee,
    fee_details: fees.filter((part) => part.amount !== 0),
    net: amount - fee,
    status: available_on > world.now() ? 'pending' : 'available',
  } as Partial<BalanceTransaction>)
}

/** What an account can send on at once: not what has only just come in. */
export const availableIn = (world: World, currency: string): number =>
  world.store
    .all('balance_transaction')
    .filter((each) => each.currency === currency && Number(each.available_on) <= world.now())
    .reduce((sum, { net }) => sum + net, 0)
