import type { Account, Identity } from '../domain/account.ts'
import type { PlanDefinition } from '../domain/catalog.ts'
import type { Checkout } from '../domain/checkout.ts'
import type { Balance } from '../domain/credits/operation.ts'
import { type Entitlements, entitlementsOf } from '../domain/entitlements.ts'
import { BillingError } from '../domain/errors.ts'
import type { Purchase } from '../domain/purchase.ts'
import { currentOf, effectivePlan, hasAccess, type Subscription } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'
import { ensureAccount } from './ensure-account.ts'
import { ledgerOf } from './ledger-of.ts'
import { syncCheckout } from './sync-checkout.ts'
import { syncCustomer } from './sync-customer.ts'
import { syncPaymentMethods } from './sync-payment-methods.ts'
import { syncSubscriptions } from './sync-subscriptions.ts'

export type ReadStatusInput = { identity: Identity; sessionId?: string; portalReturn?: string }

export type AccountStatus = {
  account: Account
  plan: PlanDefinition
  subscription: Subscription | null
  /** Whether the subscription lets the account in now. */
  access: boolean
  entitlements: Entitlements
  balance: Balance
  checkout: Checkout | null
  checkoutPurchase: Purchase | null
  now: Date
}

/**
 * All that a page needs to know. With the session of a checkout, or the token of a portal visit, it first synchronises
 * what we hold, so that the first render after the return is right, with or without webhooks.
 *
 * @throws BillingError `not_found` for somebody else's session
 */
export const readStatus = async (deps: Deps, input: ReadStatusInput): Promise<AccountStatus> => {
  const account = await ensureAccount(deps, input.identity)
  const checkout = input.sessionId === undefined ? null : await syncOwnCheckout(deps, account, input.sessionId)
  if (input.portalReturn !== undefined) await syncAfterPortal(deps, account, input.portalReturn)
  const subscription = currentOf(await deps.store.subscriptions.list(account.ref))
  const now = deps.clock.now()
  const access = subscription !== null && hasAccess(subscription, now, deps.policy.graceDays)
  const plan = effectivePlan(deps.catalog, subscription, access)
  return {
    account,
    plan,
    subscription,
    access,
    entitlements: entitlementsOf(deps.catalog, plan),
    balance: await deps.store.ledger.read(ledgerOf(deps, account)),
    checkout,
    checkoutPurchase:
      checkout?.order.kind === 'purchase' ? await deps.store.purchases.find(checkout.order.purchaseId) : null,
    now,
  }
}

const syncOwnCheckout = async (deps: Deps, account: Account, sessionId: string): Promise<Checkout> => {
  const checkout = await deps.store.checkouts.findBySession(sessionId)
  if (checkout?.accountRef === account.ref) return syncCheckout(deps, checkout)
  throw new BillingError('not_found', 'There is no such checkout on this account.')
}

const syncAfterPortal = async (deps: Deps, account: Account, token: string): Promise<void> => {
  if (!(await deps.store.portalVisits.close(token, account.ref))) return
  const { ref, providerCustomerId } = account
  const customer = providerCustomerId === null ? null : await syncCustomer(deps, providerCustomerId)
  if (customer?.isDeleted) return
  await syncSubscriptions(deps, account)
  if (providerCustomerId !== null) await syncPaymentMethods(deps, { ref, providerCustomerId })
}
