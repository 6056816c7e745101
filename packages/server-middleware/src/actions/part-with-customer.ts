import type { Account } from '../domain/account.ts'
import { isEnded, type Subscription } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'
import { finishChanges } from './finish-changes.ts'
import { syncPaymentMethod } from './sync-payment-method.ts'
import { syncSubscription } from './sync-subscription.ts'

/**
 * Lets an account go on without a customer that the provider has deleted: their subscriptions and payment methods end, and
 * whoever needs a customer makes a new one. May be repeated.
 */
export const partWithCustomer = async (deps: Deps, account: Account, providerCustomerId: string): Promise<void> => {
  const { accounts, paymentMethods, subscriptions } = deps.store
  const isTheirs = (row: { providerCustomerId: string | null }) => row.providerCustomerId === providerCustomerId
  const running = (await subscriptions.list(account.ref)).filter((each) => isTheirs(each) && !isEnded(each))
  for (const subscription of running) await endSubscription(deps, account, subscription)
  await accounts.unlinkCustomer(account.ref, providerCustomerId)
  const attached = (await paymentMethods.list(account.ref)).filter((each) => isTheirs(each) && each.isAttached)
  for (const method of attached) await syncPaymentMethod(deps, method.providerPaymentMethodId)
  if (account.providerCustomerId !== providerCustomerId) return
  deps.logger.warn({ account: account.ref, providerCustomerId }, 'customer_deleted')
}

/** As the provider has ended it; or because it is forgotten, as the customer is. */
const endSubscription = async (deps: Deps, account: Account, held: Subscription): Promise<void> => {
  const { providerSubscriptionId: id } = held
  if (await syncSubscription(deps, id)) return
  const now = deps.clock.now()
  const fetch = await deps.store.subscriptions.startFetch(id)
  const end = { status: 'canceled', canceledAt: held.canceledAt ?? now, endedAt: now, openInvoice: null } as const
  const ended = { ...held, ...end, endReason: held.endReason ?? ('other' as const) }
  const { subscription, pending } = await deps.store.subscriptions.save(ended, fetch, now)
  if (subscription) await finishChanges(deps, account, { subscription, pending })
}
