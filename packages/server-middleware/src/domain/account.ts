/**
 * The host's user, workspace or organisation. Who it is stands only here: everything else of ours knows `ref`, a random
 * name, so that a person can be erased without touching the books.
 */
export type Account = {
  ref: string
  accountId: string
  email: string | null
  name: string | null
  /** The provider's customer, made at the first need; never linked by e-mail. */
  providerCustomerId: string | null
  /** Those it had before, which were deleted at the provider, the last one last. What is about them is still its own. */
  formerCustomerIds: readonly string[]
  createdAt: Date
}

/** An account in whose name money can be asked for. */
export type Payer = Account & { providerCustomerId: string }

/** All customers that an account has, or had. */
export const customersOf = ({ providerCustomerId, formerCustomerIds }: Account): readonly string[] => [
  ...formerCustomerIds,
  ...(providerCustomerId === null ? [] : [providerCustomerId]),
]

/** Who asks, as the host's session says. */
export type Identity = { accountId: string; userId?: string; email?: string; name?: string; roles?: readonly string[] }

/** The account that a service caller names with these two, together: no other pair names the same one. */
export const namedAccountId = (oauthProvider: string, externalId: string): string =>
  `${oauthProvider}:${externalId.replaceAll('%', '%25').replaceAll(':', '%3A')}`

/**
 * What the host can show when a payment is disputed: terms accepted when and in which version, from where, and the
 * refund policy that was shown. Kept with a purchase or checkout; erasable.
 */
export type Evidence = {
  termsAcceptedAt?: Date
  termsVersion?: string
  ip?: string
  userAgent?: string
  refundPolicy?: string
}
