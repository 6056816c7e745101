import type { StripeObject } from './objects/base.ts'

/** What a field is decides what can be asked of it. */
export type FieldKind = 'numeric' | 'string' | 'token'

export interface SearchField {
  readonly kind: FieldKind
  readonly read: (object: StripeObject) => unknown
}

export type SearchFields = Readonly<Record<string, SearchField>>

const at = (path: string): SearchField['read'] => {
  const names = path.split('.')
  return (object) =>
    names.reduce<unknown>(
      (value, name) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[name],
      object,
    )
}

const plain = (kind: FieldKind, ...paths: readonly string[]): SearchFields =>
  Object.fromEntries(paths.map((path) => [path, { kind, read: at(path) }]))

const as = (kind: FieldKind, path: string): SearchField => ({ kind, read: at(path) })

/** Whole, in part, or not at all: `"true"`, `"false"` and null. */
const refunded = (charge: StripeObject): unknown => {
  if (charge.refunded === true) return true
  return Number(charge.amount_refunded) > 0 ? false : null
}

const cardFields = ['brand', 'exp_month', 'exp_year', 'fingerprint', 'last4'].map(
  (name) => `payment_method_details.card.${name}`,
)

/** The fields that can be searched, as Stripe documents them for each resource. */
export const searchFields = {
  charge: {
    ...plain('numeric', 'amount', 'created'),
    ...plain('token', 'billing_details.address.postal_code', 'currency', 'customer', 'disputed', 'metadata', 'status'),
    ...plain('token', ...cardFields),
    refunded: { kind: 'token', read: refunded },
  },
  customer: {
    ...plain('numeric', 'created'),
    ...plain('string', 'email', 'name', 'phone'),
    ...plain('token', 'metadata'),
  },
  invoice: {
    ...plain('numeric', 'created', 'total'),
    ...plain('string', 'number', 'receipt_number', 'status'),
    ...plain('token', 'currency', 'customer', 'metadata'),
    last_finalization_error_code: as('token', 'last_finalization_error.code'),
    last_finalization_error_type: as('token', 'last_finalization_error.type'),
    subscription: as('string', 'parent.subscription_details.subscription'),
  },
  payment_intent: {
    ...plain('numeric', 'amount', 'created'),
    ...plain('token', 'currency', 'customer', 'metadata', 'status'),
  },
  price: {
    ...plain('string', 'lookup_key', 'product'),
    ...plain('token', 'active', 'currency', 'metadata', 'type'),
  },
  product: {
    ...plain('string', 'description', 'name', 'url'),
    ...plain('token', 'active', 'metadata', 'shippable'),
  },
  subscription: {
    ...plain('numeric', 'canceled_at', 'created'),
    ...plain('token', 'metadata', 'status'),
  },
} as const satisfies Readonly<Record<string, SearchFields>>

export type SearchableName = keyof typeof searchFields

export const isSearchable = (name: string): name is SearchableName => Object.hasOwn(searchFields, name)
