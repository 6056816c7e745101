import type { MinorAmount } from '@paywright/contract'
import { type Account, customersOf } from '../domain/account.ts'
import { BillingError } from '../domain/errors.ts'
import type { Effect } from '../domain/event.ts'
import { grantKey, isFinal, isPaid, type PaymentSnapshot, type Purchase } from '../domain/purchase.ts'
import type { Deps } from '../ports/deps.ts'
import { announce } from './announce.ts'
import { ledgerOf } from './ledger-of.ts'

/**
 * Brings a purchase to where the provider's payment is: the one way in for webhook, poll and return page. Credits are
 * granted and hooks told before the row says so, under keys that name the money, so any crash or repetition ends in one
 * grant and nothing goes untold.
 */
export const settlePurchase = async (deps: Deps, purchase: Purchase): Promise<Purchase> => {
  if (isFinal(purchase) || purchase.providerPaymentId === null) return purchase
  const fetch = await deps.store.purchases.startFetch(purchase.id)
  const payment = await deps.provider.findPaymentIntent(purchase.providerPaymentId)
  if (!payment) return purchase
  if (isPaid(purchase, payment)) return completePurchase(deps, purchase, payment.amountReceivedMinor)
  return recordState(deps, purchase, { payment, fetch })
}

/** Settles the purchase that a payment of the provider belongs to; null when it is none of ours. */
export const settlePayment = async (deps: Deps, providerPaymentId: string): Promise<Purchase | null> => {
  const known = await deps.store.purchases.findByPayment(providerPaymentId)
  if (known) return settlePurchase(deps, known)
  const payment = await deps.provider.findPaymentIntent(providerPaymentId)
  const labelled = payment?.purchaseId ? await deps.store.purchases.find(payment.purchaseId) : null
  if (!labelled || !(await isPayer(deps, labelled, payment))) return null
  return settlePurchase(deps, await deps.store.purchases.linkPayment(labelled.id, providerPaymentId))
}

const isPayer = async ({ store }: Deps, purchase: Purchase, payment: PaymentSnapshot | null): Promise<boolean> => {
  const account = await store.accounts.findByRef(purchase.accountRef)
  const payer = payment?.providerCustomerId
  return account !== null && payer != null && customersOf(account).includes(payer)
}

/** Grants what was bought and closes the purchase. Only for one whose money, if any was due, has arrived. */
export const completePurchase = async (deps: Deps, purchase: Purchase, paidMinor: MinorAmount): Promise<Purchase> => {
  const account = await accountOf(deps, purchase)
  const posting = await deps.store.ledger.post(ledgerOf(deps, account, purchase.unit), {
    op: 'grant',
    key: grantKey(purchase),
    grant: {
      kind: 'paid',
      credits: purchase.credits,
      effectiveAt: null,
      expiresAt: null,
      rollover: null,
      source: sourceOf(purchase),
    },
    note: {
      description: descriptionOf(purchase),
      metadata: {},
      amountMinor: purchase.amountMinor,
      currency: purchase.currency,
    },
  })
  if (posting.outcome !== 'posted' && posting.outcome !== 'replayed') {
    throw new BillingError(
      'internal',
      `The credits of purchase ${purchase.id} could not be granted: ${posting.outcome}.`,
    )
  }
  await announce(deps, toSale(account, purchase, paidMinor))
  const change = { status: 'succeeded', failure: null, settledAt: deps.clock.now() } as const
  const settled = await deps.store.purchases.settle(purchase.id, change)
  deps.logger.info({ ...fieldsOf(settled), credits: settled.credits, result: posting.outcome }, 'purchase_succeeded')
  return settled
}

const toSale = (account: Account, purchase: Purchase, amountMinor: MinorAmount): Effect => {
  const { id, packName, unit, credits, currency } = purchase
  const key = `purchase.succeeded:${id}`
  return {
    ...aboutOf(account, purchase),
    type: 'purchase.succeeded',
    key,
    packName,
    unit,
    credits,
    amountMinor,
    currency,
  }
}

const descriptionOf = ({ packName, quantity }: Purchase): string =>
  quantity === 1 ? `Bought ${packName}` : `Bought ${quantity} × ${packName}`

const sourceOf = ({ id, providerPaymentId }: Purchase): Record<string, string> => ({
  purchaseId: id,
  ...(providerPaymentId === null ? {} : { providerPaymentId }),
})

type Fetched = { payment: PaymentSnapshot; fetch: number }

const recordState = async (deps: Deps, purchase: Purchase, { payment, fetch }: Fetched): Promise<Purchase> => {
  if (payment.status === 'succeeded') return refuseAmount(deps, purchase, { payment, fetch })
  const settledAt = payment.status === 'canceled' ? deps.clock.now() : null
  const change = { status: payment.status, failure: payment.failure, settledAt }
  const settled = await deps.store.purchases.settle(purchase.id, change, fetch)
  if (!payment.failure) return settled
  deps.logger.info({ ...fieldsOf(settled), code: payment.failure.code, result: 'failed' }, 'purchase_failed')
  await announce(deps, {
    ...aboutOf(await accountOf(deps, purchase), settled),
    type: 'purchase.failed',
    key: `purchase.failed:${settled.id}:${payment.failure.declineCode ?? payment.failure.code}`,
    code: payment.failure.code,
  })
  return settled
}

/** Paid, but not what was agreed: a person must look, and nothing is granted meanwhile. */
const refuseAmount = async (deps: Deps, purchase: Purchase, { payment, fetch }: Fetched): Promise<Purchase> => {
  const received = { receivedMinor: payment.amountReceivedMinor, receivedCurrency: payment.currency }
  deps.logger.error({ ...fieldsOf(purchase), ...received }, 'purchase_amount_mismatch')
  return deps.store.purchases.settle(purchase.id, { status: 'processing', failure: null, settledAt: null }, fetch)
}

export const accountOf = async ({ store }: Deps, purchase: Purchase): Promise<Account> => {
  const account = await store.accounts.findByRef(purchase.accountRef)
  if (!account) throw new BillingError('internal', `Purchase ${purchase.id} belongs to no account.`)
  return account
}

const aboutOf = (account: Account, purchase: Purchase) => ({
  accountId: account.accountId,
  paymentId: purchase.providerPaymentId ?? purchase.id,
  packId: purchase.packId,
})

const fieldsOf = (purchase: Purchase) => ({
  account: purchase.accountRef,
  paymentId: purchase.providerPaymentId,
  pack: purchase.packId,
  amountMinor: purchase.amountMinor,
  currency: purchase.currency,
  status: purchase.status,
})
