import type { Labels } from '../domain/provider-call.ts'

/** Our labels as Stripe's metadata: accountId, userId, planId, packId, purchaseId, source, createdVia. */
export const toMetadata = (labels: Labels): Record<string, string> => {
  const given = Object.entries(labels).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(given)
}

/** The purchase that a payment was made for, as its metadata says; null when it is not one of ours. */
export const purchaseIdOf = (metadata: Readonly<Record<string, string>>): string | null =>
  metadata.createdVia ? (metadata.purchaseId ?? null) : null

/** On products, prices and the portal's configuration: which part of the catalog they were made from. */
export const catalogKeys = {
  plan: 'paywright_plan',
  priceKey: 'paywright_price_key',
  portal: 'paywright_portal',
  portalProducts: 'paywright_portal_products',
} as const
