import type { Evidence, Identity, Payer } from '../domain/account.ts'
import { BillingError, isBillingError } from '../domain/errors.ts'
import {
  hasTerms,
  isOpen,
  type PaymentSnapshot,
  type Purchase,
  type PurchaseTerms,
  termsOf,
} from '../domain/purchase.ts'
import type { Deps } from '../ports/deps.ts'
import { choosePack } from './choose-pack.ts'
import { ensureAccount } from './ensure-account.ts'
import { toLabels } from './labels.ts'
import { settlePurchase } from './settle-purchase.ts'
import { withCustomer } from './with-customer.ts'

export type StartPurchaseInput = {
  identity: Identity
  packId: string | null
  quantity: number
  evidence: Evidence | null
}

export type PurchaseStart = { purchase: Purchase; clientSecret: string }

/**
 * Opens a purchase of credits to be paid in the host's page. Price and credits are the catalog's. Asking again while it
 * is open, from another tab or by a second click, gives the same purchase and the same payment.
 *
 * @throws BillingError `invalid_request` (no such pack), `email_required`
 */
export const startPurchase = async (deps: Deps, input: StartPurchaseInput): Promise<PurchaseStart> => {
  const pack = choosePack(deps, input.packId)
  const terms = termsOf(pack, input.quantity, deps.catalog.currency)
  const account = await ensureAccount(deps, input.identity)
  return withCustomer(deps, account, (payer) => sell(deps, payer, { input, terms }))
}

type Wish = { input: StartPurchaseInput; terms: PurchaseTerms }

const sell = async (deps: Deps, account: Payer, { input, terms }: Wish): Promise<PurchaseStart> => {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const draft = draftPurchase(deps, { account, terms, input })
    const started = await openPurchase(deps, { account, terms, draft })
    if (started) return started
  }
  throw new BillingError(
    'request_in_progress',
    'Another purchase of this pack is just being settled. Try again in a moment.',
  )
}

type Draft = { account: Payer; terms: PurchaseTerms; input: StartPurchaseInput }

const draftPurchase = (deps: Deps, { account, terms, input }: Draft): Purchase => ({
  ...terms,
  id: deps.newId(),
  accountRef: account.ref,
  userId: input.identity.userId ?? null,
  via: 'page',
  providerPaymentId: null,
  status: 'requires_payment_method',
  failure: null,
  evidence: input.evidence,
  createdAt: deps.clock.now(),
  settledAt: null,
})

type Opening = { account: Payer; terms: PurchaseTerms; draft: Purchase }

/** The open purchase with its payment; null when one was in the way that is now settled, and it is worth another try. */
const openPurchase = async (deps: Deps, { account, terms, draft }: Opening): Promise<PurchaseStart | null> => {
  const { outcome, purchase } = await deps.store.purchases.open(draft)
  const payment = await paymentOf(deps, account, purchase)
  const isWanted = hasTerms(purchase, terms) && payment.providerCustomerId === account.providerCustomerId
  if (outcome === 'taken' && !isWanted && isOpen(payment)) {
    await deps.provider.cancelPaymentIntent(payment.providerPaymentId)
  }
  const linked = await deps.store.purchases.linkPayment(purchase.id, payment.providerPaymentId)
  if (!isOpen(payment) || !isWanted) {
    await settlePurchase(deps, linked)
    return null
  }
  const { amountMinor, currency, status } = linked
  const fields = { account: account.ref, paymentId: payment.providerPaymentId, pack: linked.packId }
  deps.logger.info({ ...fields, amountMinor, currency, status, result: outcome }, 'purchase_started')
  return { purchase: linked, clientSecret: payment.clientSecret }
}

const paymentOf = async (deps: Deps, account: Payer, purchase: Purchase): Promise<PaymentSnapshot> => {
  const known = purchase.providerPaymentId && (await deps.provider.findPaymentIntent(purchase.providerPaymentId))
  return known || createPayment(deps, account, purchase).catch((error: unknown) => abandon(deps, purchase, error))
}

/** What was refused is refused again under the same id: whoever asks next gets a purchase of its own. */
const abandon = async (deps: Deps, { id }: Purchase, error: unknown): Promise<never> => {
  const change = { status: 'canceled', failure: null, settledAt: deps.clock.now() } as const
  if (isBillingError(error, 'provider_refused')) await deps.store.purchases.settle(id, change)
  throw error
}

const createPayment = (deps: Deps, account: Payer, purchase: Purchase): Promise<PaymentSnapshot> =>
  deps.provider.createPaymentIntent({
    attemptId: purchase.id,
    providerCustomerId: account.providerCustomerId,
    amountMinor: purchase.amountMinor,
    currency: purchase.currency,
    description: purchase.packName,
    labels: toLabels(deps, {
      accountId: account.accountId,
      ...(purchase.userId === null ? {} : { userId: purchase.userId }),
      packId: purchase.packId,
      purchaseId: purchase.id,
    }),
    labelling: deps.catalog.labelling,
  })
