import type { Currency, MinorAmount, PaymentFailure, PurchaseStatus } from '@paywright/contract'
import type { Evidence } from './account.ts'
import type { PackDefinition } from './catalog.ts'

/** The provider's truth about a payment, as fetched. */
export type PaymentSnapshot = {
  providerPaymentId: string
  status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled'
  amountMinor: MinorAmount
  amountReceivedMinor: MinorAmount
  currency: Currency
  providerCustomerId: string | null
  /** The id of our purchase, from the labels that we put on the payment; null when it isn't ours. */
  purchaseId: string | null
  clientSecret: string
  failure: PaymentFailure | null
}

/**
 * Money for credits. The row exists, with everything that was agreed, before the provider hears of it; its `id` is the
 * idempotency key of every call made for it.
 */
export type Purchase = {
  id: string
  accountRef: string
  userId: string | null
  packId: string
  /** What the pack was called when it was bought: texts made of it must not change between two tries. */
  packName: string
  quantity: number
  /** What its credits are counted in. */
  unit: string
  credits: number
  amountMinor: MinorAmount
  currency: Currency
  /** Where it is paid: in the host's page, on the provider's, or by nobody's hand with the method on file. */
  via: 'page' | 'checkout' | 'top_up'
  providerPaymentId: string | null
  status: PurchaseStatus
  failure: PaymentFailure | null
  evidence: Evidence | null
  createdAt: Date
  settledAt: Date | null
}

export type PurchaseTerms = Pick<
  Purchase,
  'packId' | 'packName' | 'quantity' | 'unit' | 'credits' | 'amountMinor' | 'currency'
>

/** What a quantity of a pack costs and brings. */
export const termsOf = (pack: PackDefinition, quantity: number, currency: Currency): PurchaseTerms => ({
  packId: pack.id,
  packName: pack.name,
  quantity,
  unit: pack.unit,
  credits: pack.credits * quantity,
  amountMinor: pack.amountMinor * quantity,
  currency,
})

/** Whether the same buyer asking for the same again should get this purchase back, not a second one. */
export const isOpen = (purchase: Pick<Purchase, 'status'>): boolean =>
  purchase.status === 'requires_payment_method' || purchase.status === 'requires_action'

/** Whether nothing can happen to it any more. */
export const isFinal = (purchase: Pick<Purchase, 'status'>): boolean =>
  purchase.status === 'succeeded' || purchase.status === 'canceled'

/** Still on the terms that the catalog offers now. */
export const hasTerms = (purchase: Purchase, terms: PurchaseTerms): boolean =>
  purchase.amountMinor === terms.amountMinor &&
  purchase.currency === terms.currency &&
  purchase.unit === terms.unit &&
  purchase.credits === terms.credits

/** Whether the provider has really taken what was agreed. */
export const isPaid = (purchase: Purchase, payment: PaymentSnapshot): boolean =>
  payment.status === 'succeeded' &&
  payment.currency === purchase.currency &&
  (purchase.via === 'checkout' || payment.amountReceivedMinor >= purchase.amountMinor)

/** The key under which a purchase's credits are granted, once: it names the money, or the purchase when none was due. */
export const grantKey = (purchase: Purchase): string => `grant:${purchase.providerPaymentId ?? purchase.id}`
