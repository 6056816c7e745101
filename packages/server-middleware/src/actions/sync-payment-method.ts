import type { PaymentMethod } from '../domain/payment-method.ts'
import type { Deps } from '../ports/deps.ts'

/** Overwrites what we hold of a payment method; one that was detached, or is gone, stays known as that. */
export const syncPaymentMethod = async (deps: Deps, providerPaymentMethodId: string): Promise<PaymentMethod | null> => {
  const { paymentMethods } = deps.store
  const fetch = await paymentMethods.startFetch(providerPaymentMethodId)
  const method =
    (await findAttached(deps, providerPaymentMethodId)) ?? (await findDetached(deps, providerPaymentMethodId))
  if (method) await paymentMethods.save(method, fetch)
  const isOver = method?.isAttached === true && !(await isCustomers(deps, method))
  return isOver ? syncPaymentMethod(deps, providerPaymentMethodId) : method
}

/** Asked after it was saved: whoever unlinks a customer meanwhile looks for their methods only after that. */
const isCustomers = async ({ store }: Deps, { accountRef, providerCustomerId }: PaymentMethod): Promise<boolean> =>
  (await store.accounts.findByRef(accountRef))?.providerCustomerId === providerCustomerId

/** A method of a customer who was deleted can no longer be paid with, whatever is said of it. */
const findAttached = async ({ store, provider }: Deps, id: string): Promise<PaymentMethod | null> => {
  const snapshot = await provider.findPaymentMethod(id)
  if (!snapshot?.providerCustomerId) return null
  const account = await store.accounts.findByCustomer(snapshot.providerCustomerId)
  if (!account) return null
  return {
    ...snapshot,
    accountRef: account.ref,
    isAttached: account.providerCustomerId === snapshot.providerCustomerId,
  }
}

/** Only we still know whose it was. */
const findDetached = async ({ store }: Deps, id: string): Promise<PaymentMethod | null> => {
  const known = await store.paymentMethods.find(id)
  return known && { ...known, isAttached: false }
}
