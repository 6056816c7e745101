/** The kinds of payment methods that the simulator knows. */
export const methodTypes = ['card', 'sepa_debit', 'us_bank_account'] as const

export type MethodType = (typeof methodTypes)[number]

export interface Offer {
  /** Undefined where nothing is paid yet. */
  readonly currency?: string | null | undefined
  /** Turned off for this payment: `excluded_payment_method_types`. */
  readonly excluded?: readonly string[] | undefined
  /** All that may be offered: `allowed_payment_method_types`. */
  readonly allowed?: readonly string[] | undefined
  /** Authorized now and captured later, which bank debits cannot be. */
  readonly capturedLater?: boolean | undefined
}

/** Bank debits move one currency each. */
const debitCurrencies: Readonly<Record<Exclude<MethodType, 'card'>, string>> = {
  sepa_debit: 'eur',
  us_bank_account: 'usd',
}

const suits = (type: MethodType, { currency, capturedLater }: Offer): boolean =>
  type === 'card' || (capturedLater !== true && (currency == null || debitCurrencies[type] === currency))

/** What a payment can be made with: what the account has turned on and this payment allows, in the account's order. */
export const offeredMethods = (turnedOn: readonly MethodType[], offer: Offer): MethodType[] =>
  turnedOn
    .filter((type) => suits(type, offer))
    .filter((type) => offer.allowed?.includes(type) !== false && offer.excluded?.includes(type) !== true)
