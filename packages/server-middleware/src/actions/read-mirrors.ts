import { type Account, customersOf } from '../domain/account.ts'
import { withRecovery } from '../domain/payment-attempt.ts'
import type { Deps } from '../ports/deps.ts'

/** What we hold of an account's dealings with the provider, and how they came about; the newest of each first. */
export const readMirrors = async ({ store }: Deps, account: Account) => {
  const { ref } = account
  const current = customersOf(account).at(-1)
  const customer = current === undefined ? null : await store.customers.find(current)
  const methods = await store.paymentMethods.list(ref)
  const isDefault = (id: string) => id === customer?.defaultPaymentMethodId
  return {
    customer,
    paymentMethods: methods
      .filter(({ isAttached }) => isAttached)
      .map((method) => ({ ...method, isDefault: isDefault(method.providerPaymentMethodId) })),
    invoices: (await store.invoices.list(ref)).toSorted(newestFirst),
    disputes: (await store.disputes.list(ref)).toSorted(newestFirst),
    subscriptionChanges: (await store.subscriptionChanges.list(ref)).toReversed(),
    paymentAttempts: withRecovery(await store.paymentAttempts.list(ref)).toReversed(),
  }
}

const newestFirst = (a: { createdAt: Date }, b: { createdAt: Date }): number =>
  b.createdAt.getTime() - a.createdAt.getTime()
