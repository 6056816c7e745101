import type { Account } from '../domain/account.ts'
import { packById } from '../domain/catalog.ts'
import { topUpIdOf } from '../domain/credits/top-up.ts'
import { isBillingError } from '../domain/errors.ts'
import { isFinal, type Purchase, termsOf } from '../domain/purchase.ts'
import type { Deps } from '../ports/deps.ts'
import { toLabels } from './labels.ts'
import { ledgerOf } from './ledger-of.ts'
import { declineTopUp, settleTopUp } from './settle-top-up.ts'
import { isForWantOfCustomer } from './with-customer.ts'

export type StartedTopUp = { unit: string; startedBy: number }

/**
 * Buys the pack of a top-up with the payment method on file. The purchase, and the provider's idempotency key, are named
 * by the entry that started it: whoever does this again finds the same payment.
 */
export const runTopUp = async (deps: Deps, account: Account, { unit, startedBy }: StartedTopUp): Promise<void> => {
  const ledger = ledgerOf(deps, account, unit)
  const { topUp } = await deps.store.ledger.read(ledger)
  if (topUp.started?.seq !== startedBy || topUp.terms === null) return
  const id = topUpIdOf(ledger, startedBy)
  const { packId } = topUp.terms
  const purchase = (await deps.store.purchases.find(id)) ?? (await openPurchase(deps, account, { id, packId, unit }))
  if (!purchase) return declineTopUp(deps, account, { id, packId, unit, code: 'not_for_sale' })
  const paid = await payPurchase(deps, account, purchase)
  if (typeof paid === 'string') return declineTopUp(deps, account, { id, packId: purchase.packId, unit, code: paid })
  await settleTopUp(deps, paid)
}

/** Null when the pack is no longer sold, or in another unit by now. */
const openPurchase = async (
  deps: Deps,
  account: Account,
  { id, packId, unit }: Pick<Purchase, 'id' | 'packId' | 'unit'>,
): Promise<Purchase | null> => {
  const pack = packById(deps.catalog, packId)
  if (pack?.unit !== unit) return null
  const { purchase } = await deps.store.purchases.open({
    ...termsOf(pack, 1, deps.catalog.currency),
    id,
    accountRef: account.ref,
    userId: null,
    via: 'top_up',
    providerPaymentId: null,
    status: 'processing',
    failure: null,
    evidence: null,
    createdAt: deps.clock.now(),
    settledAt: null,
  })
  return purchase
}

type Refusal = 'no_payment_method' | 'provider_refused'

/** The purchase is not closed by a refusal: should an earlier try have paid after all, its credits are still granted. */
const payPurchase = async (deps: Deps, account: Account, purchase: Purchase): Promise<Purchase | Refusal> => {
  if (purchase.providerPaymentId !== null || isFinal(purchase)) return purchase
  const { providerCustomerId } = account
  if (providerCustomerId === null) return 'no_payment_method'
  const payment = await pay(deps, { account, providerCustomerId, purchase }).catch((error: unknown) =>
    refusalOf(deps, providerCustomerId, error),
  )
  if (payment === null) return 'no_payment_method'
  return payment === 'provider_refused'
    ? payment
    : deps.store.purchases.linkPayment(purchase.id, payment.providerPaymentId)
}

/** A customer who was deleted has no method: null. */
const refusalOf = async (deps: Deps, customer: string, error: unknown): Promise<'provider_refused' | null> => {
  if (!isBillingError(error, 'provider_refused')) throw error
  return (await isForWantOfCustomer(deps, customer, error)) ? null : 'provider_refused'
}

type Paying = { account: Account; providerCustomerId: string; purchase: Purchase }

const pay = (deps: Deps, { account, providerCustomerId, purchase }: Paying) =>
  deps.provider.payOffSession({
    attemptId: purchase.id,
    providerCustomerId,
    amountMinor: purchase.amountMinor,
    currency: purchase.currency,
    description: purchase.packName,
    labels: toLabels(deps, { accountId: account.accountId, packId: purchase.packId, purchaseId: purchase.id }),
    labelling: deps.catalog.labelling,
  })
