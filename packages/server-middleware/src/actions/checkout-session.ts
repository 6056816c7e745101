import type { Payer } from '../domain/account.ts'
import { planById } from '../domain/catalog.ts'
import type { Checkout, CheckoutOrder, CheckoutSnapshot } from '../domain/checkout.ts'
import { isBillingError } from '../domain/errors.ts'
import type { CheckoutInput } from '../domain/provider-call.ts'
import { termsOf } from '../domain/purchase.ts'
import { withQuery } from '../domain/return-url.ts'
import type { Deps } from '../ports/deps.ts'
import { choosePack } from './choose-pack.ts'
import { toLabels } from './labels.ts'

/** The provider's session of a checkout: the one it has, else a new one. Repeating it makes no second one. */
export const obtainSession = async (deps: Deps, payer: Payer, checkout: Checkout): Promise<CheckoutSnapshot> => {
  const known = checkout.providerSessionId && (await deps.provider.findCheckoutSession(checkout.providerSessionId))
  if (known) return known
  if (checkout.order.kind === 'purchase') await writePurchase(deps, checkout, checkout.order)
  try {
    return await deps.provider.createCheckoutSession(toInput(deps, payer, checkout))
  } catch (error) {
    // Only a refusal proves that there is no session; after a time-out one may exist, and the next try gets it.
    if (!isBillingError(error, 'provider_unavailable')) await abandon(deps, checkout)
    throw error
  }
}

const abandon = (deps: Deps, checkout: Checkout) =>
  deps.store.checkouts.close(checkout.id, { status: 'expired', paid: false, providerSubscriptionId: null })

type PurchaseOrder = Extract<CheckoutOrder, { kind: 'purchase' }>

const writePurchase = (deps: Deps, checkout: Checkout, order: PurchaseOrder) =>
  deps.store.purchases.open({
    ...termsOf(choosePack(deps, order.packId), order.quantity, deps.catalog.currency),
    id: order.purchaseId,
    accountRef: checkout.accountRef,
    userId: checkout.userId,
    via: 'checkout',
    providerPaymentId: null,
    status: 'requires_payment_method',
    failure: null,
    evidence: checkout.evidence,
    createdAt: checkout.createdAt,
    settledAt: null,
  })

const toInput = (deps: Deps, payer: Payer, checkout: Checkout): CheckoutInput => {
  const url = new URL(checkout.returnUrl)
  return {
    attemptId: checkout.id,
    providerCustomerId: payer.providerCustomerId,
    successUrl: withQuery(url, { success: 'true', session_id: '{CHECKOUT_SESSION_ID}' }),
    cancelUrl: withQuery(url, { canceled: 'true' }),
    promotionCode: checkout.promotionCode,
    labels: labelsOf(deps, payer, checkout),
    labelling: deps.catalog.labelling,
    order: checkout.order.kind === 'purchase' ? packOrder(deps, checkout.order) : planOrder(deps, checkout.order),
  }
}

const labelsOf = (deps: Deps, { accountId }: Payer, { order, userId }: Checkout) =>
  toLabels(deps, {
    accountId,
    ...(userId === null ? {} : { userId }),
    ...(order.kind === 'purchase' ? { packId: order.packId, purchaseId: order.purchaseId } : { planId: order.planId }),
  })

const packOrder = (deps: Deps, { packId, quantity }: PurchaseOrder): CheckoutInput['order'] => {
  const { name, amountMinor } = choosePack(deps, packId)
  return { kind: 'purchase', name, quantity, unitAmountMinor: amountMinor, currency: deps.catalog.currency }
}

const planOrder = (
  { catalog }: Deps,
  { planId, interval, quantity, trialDays }: Extract<CheckoutOrder, { kind: 'subscription' }>,
): CheckoutInput['order'] => {
  const items = planById(catalog, planId)?.prices[interval]?.items ?? []
  return { kind: 'subscription', items, interval, quantity, trialDays }
}
