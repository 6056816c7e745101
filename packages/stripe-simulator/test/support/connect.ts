import type Stripe from 'stripe'
import type { OpenSimulator } from './open-simulator.ts'

/** Asks as this account. */
export const as = (account: string): { stripeAccount: string } => ({ stripeAccount: account })

/** A connected account that can be paid and be sent money. */
export const openConnected = async (
  { stripe, simulator }: OpenSimulator,
  params: Stripe.AccountCreateParams = { type: 'express', country: 'US' },
): Promise<string> => {
  const { id } = await stripe.accounts.create(params)
  simulator.core.onboardAccount(id)
  return id
}

export const paid = {
  amount: 1000,
  currency: 'usd',
  confirm: true,
  payment_method: 'pm_card_visa',
  return_url: 'https://example.com/back',
} as const

/** What each transaction of an account did to its balance. */
export const booked = async (stripe: Stripe, account?: string) => {
  const { data } = await stripe.balanceTransactions.list({ limit: 100 }, account === undefined ? {} : as(account))
  return data.reverse().map(({ type, amount, fee, net }) => [type, amount, fee, net])
}

/** What an account holds. */
export const holds = async (stripe: Stripe, account?: string): Promise<number> =>
  (await booked(stripe, account)).reduce((sum, [, , , net]) => sum + Number(net), 0)
