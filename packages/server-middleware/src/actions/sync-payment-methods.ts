import type { Payer } from '../domain/account.ts'
import type { Deps } from '../ports/deps.ts'
import { syncPaymentMethod } from './sync-payment-method.ts'

/**
 * Brings the payment methods of a customer to the provider's truth, with one call and one more for each that is new. Those
 * that are held had their numbers taken before it, so the list counts as a look at each of them; a new one had not.
 */
export const syncPaymentMethods = async (
  { store, ...deps }: Deps,
  { ref, providerCustomerId }: Pick<Payer, 'ref' | 'providerCustomerId'>,
): Promise<void> => {
  const { paymentMethods } = store
  const held = (await paymentMethods.list(ref)).filter(({ isAttached }) => isAttached)
  const fetches: number[] = []
  for (const { providerPaymentMethodId } of held) fetches.push(await paymentMethods.startFetch(providerPaymentMethodId))
  const listed = await deps.provider.listPaymentMethods(providerCustomerId)
  const left = new Map(listed.map((method) => [method.providerPaymentMethodId, method]))
  for (const [index, method] of held.entries()) {
    const found = left.get(method.providerPaymentMethodId)
    left.delete(method.providerPaymentMethodId)
    await paymentMethods.save({ ...method, ...found, isAttached: found !== undefined }, fetches[index] ?? 0)
  }
  for (const id of left.keys()) await syncPaymentMethod({ ...deps, store }, id)
}
