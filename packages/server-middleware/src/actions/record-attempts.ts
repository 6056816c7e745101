import type { Account } from '../domain/account.ts'
import type { Deps } from '../ports/deps.ts'

/** Writes down how often, and how, somebody's money was asked for. Null when the payer is nobody of ours. */
export const recordAttempts = async ({ store, provider }: Deps, providerPaymentId: string): Promise<Account | null> => {
  const attempts = await provider.listAttempts(providerPaymentId)
  const customer = attempts.find(({ providerCustomerId }) => providerCustomerId !== null)?.providerCustomerId
  const account = customer ? await store.accounts.findByCustomer(customer) : null
  if (!account) return null
  for (const attempt of attempts) await store.paymentAttempts.add({ ...attempt, accountRef: account.ref })
  return account
}
