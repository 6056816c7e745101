export interface Refusal {
  readonly code: string
  readonly declineCode?: string
  readonly message: string
}

/**
 * `always`: for every payment. `untilSetUp`: unless it was authenticated for later use. `onRequest`: when the seller asks
 * for it.
 */
export type Authentication = 'never' | 'always' | 'onRequest' | 'untilSetUp'

export interface CardBehaviour {
  readonly brand: 'visa' | 'mastercard' | 'amex'
  readonly authentication: Authentication
  /** Why charges fail. */
  readonly decline?: Refusal
  /** Cards that decline cannot be saved either, but for the one made for failing renewals. */
  readonly savable: boolean
  readonly refundFails: boolean
  readonly disputed: boolean
  /** The money of its charges can be used at once. */
  readonly bypassesPending: boolean
}

const messages: Readonly<Record<string, string>> = {
  card_declined: 'Your card was declined.',
  insufficient_funds: 'Your card has insufficient funds.',
  expired_card: 'Your card has expired.',
  incorrect_cvc: "Your card's security code is incorrect.",
  processing_error: 'An error occurred while processing your card. Try again in a little bit.',
  authentication_required: 'Your card was declined. This transaction requires authentication.',
  account_closed: "The customer's bank account has been closed.",
  bank_account_unusable: 'The bank account can not be used: its tokenized account number was deactivated.',
  charge_exceeds_source_limit: "The payment exceeds the account's weekly limit of payment volume.",
  charge_exceeds_weekly_limit: "The payment exceeds the account's weekly limit of transactions.",
  debit_not_authorized: 'The customer has notified their bank that this payment was unauthorized.',
  generic_could_not_process: 'The payment could not be processed.',
  invalid_currency: 'The bank account does not accept this currency.',
  no_account: "The customer's bank account could not be located.",
}

export const refusal = (code: string, declineCode?: string): Refusal => ({
  code,
  ...(declineCode === undefined ? {} : { declineCode }),
  message: messages[declineCode ?? ''] ?? messages[code] ?? 'Your card was declined.',
})

const good: CardBehaviour = {
  brand: 'visa',
  authentication: 'never',
  savable: true,
  refundFails: false,
  disputed: false,
  bypassesPending: false,
}

const declining = (decline: Refusal): CardBehaviour => ({ ...good, decline, savable: false })

const declined = (declineCode: string): CardBehaviour => declining(refusal('card_declined', declineCode))

interface TestCard extends CardBehaviour {
  readonly alias?: string
}

const cards: Readonly<Record<string, TestCard>> = {
  '4242424242424242': { ...good, alias: 'visa' },
  '5555555555554444': { ...good, brand: 'mastercard', alias: 'mastercard' },
  '378282246310005': { ...good, brand: 'amex', alias: 'amex' },
  '4000000000000002': { ...declined('generic_decline'), alias: 'visa_chargeDeclined' },
  '4000000000009995': { ...declined('insufficient_funds'), alias: 'visa_chargeDeclinedInsufficientFunds' },
  '4000000000009987': { ...declined('lost_card'), alias: 'visa_chargeDeclinedLostCard' },
  '4000000000009979': { ...declined('stolen_card'), alias: 'visa_chargeDeclinedStolenCard' },
  '4000000000000069': { ...declining(refusal('expired_card')), alias: 'chargeDeclinedExpiredCard' },
  '4000000000000127': { ...declining(refusal('incorrect_cvc')), alias: 'chargeDeclinedIncorrectCvc' },
  '4000000000000119': { ...declining(refusal('processing_error')), alias: 'chargeDeclinedProcessingError' },
  '4000000000000341': { ...declined('generic_decline'), savable: true, alias: 'chargeCustomerFail' },
  '4000002500003155': { ...good, authentication: 'untilSetUp', alias: 'authenticationRequiredOnSetup' },
  '4000002760003184': { ...good, authentication: 'always', alias: 'authenticationRequired' },
  '4000008260003178': {
    ...declined('insufficient_funds'),
    savable: true,
    authentication: 'always',
    alias: 'authenticationRequiredChargeDeclinedInsufficientFunds',
  },
  '4000008400001629': { ...declined('generic_decline'), authentication: 'always' },
  '4000000000003055': { ...good, authentication: 'onRequest', alias: 'threeDSecureOptional' },
  '4000000000003220': { ...good, authentication: 'always', alias: 'threeDSecure2Required' },
  '4000000000000077': { ...good, bypassesPending: true, alias: 'bypassPending' },
  '4000000000000259': { ...good, disputed: true, alias: 'createDispute' },
  '4000000000005126': { ...good, refundFails: true, alias: 'refundFail' },
}

export const behaviourOf = (number: string): CardBehaviour | undefined => cards[number]

const aliases = new Map(Object.entries(cards).map(([number, { alias }]) => [alias, number]))

/** The test number behind `pm_card_visa` or `tok_visa`. */
export const numberOfAlias = (id: string): string | undefined => aliases.get(id.replace(/^(pm_card|tok)_/, ''))
