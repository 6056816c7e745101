/** A row of Stripe's table of test cards, as research section 5.9 has it. */
export interface CardRow {
  readonly number: string
  /** Null where Stripe names none. */
  readonly id: string | null
  /** The bank asks the customer first. */
  readonly asks?: 'always' | 'unless set up'
  /** Why charges fail; undefined: they succeed. */
  readonly code?: string
  readonly declineCode?: string
  /** Whether it can be saved. */
  readonly saves: boolean
  readonly afterwards?: 'disputed' | 'refund fails'
}

const good = { saves: true }
const declined = (declineCode: string) => ({ code: 'card_declined', declineCode, saves: false })

const cardRows: readonly CardRow[] = [
  { number: '4242424242424242', id: 'pm_card_visa', ...good },
  { number: '5555555555554444', id: 'pm_card_mastercard', ...good },
  { number: '378282246310005', id: 'pm_card_amex', ...good },
  { number: '4000000000000002', id: 'pm_card_visa_chargeDeclined', ...declined('generic_decline') },
  {
    number: '4000000000009995',
    id: 'pm_card_visa_chargeDeclinedInsufficientFunds',
    ...declined('insufficient_funds'),
  },
  { number: '4000000000009987', id: 'pm_card_visa_chargeDeclinedLostCard', ...declined('lost_card') },
  { number: '4000000000009979', id: 'pm_card_visa_chargeDeclinedStolenCard', ...declined('stolen_card') },
  { number: '4000000000000069', id: 'pm_card_chargeDeclinedExpiredCard', code: 'expired_card', saves: false },
  { number: '4000000000000127', id: 'pm_card_chargeDeclinedIncorrectCvc', code: 'incorrect_cvc', saves: false },
  { number: '4000000000000119', id: 'pm_card_chargeDeclinedProcessingError', code: 'processing_error', saves: false },
  { number: '4000000000000341', id: 'pm_card_chargeCustomerFail', ...declined('generic_decline'), saves: true },
  { number: '4000002500003155', id: 'pm_card_authenticationRequiredOnSetup', asks: 'unless set up', ...good },
  { number: '4000002760003184', id: 'pm_card_authenticationRequired', asks: 'always', ...good },
  {
    number: '4000008260003178',
    id: 'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
    asks: 'always',
    ...declined('insufficient_funds'),
    saves: true,
  },
  { number: '4000008400001629', id: null, asks: 'always', ...declined('generic_decline') },
  { number: '4000000000003220', id: 'pm_card_threeDSecure2Required', asks: 'always', ...good },
  { number: '4000000000000259', id: 'pm_card_createDispute', ...good, afterwards: 'disputed' },
  { number: '4000000000005126', id: 'pm_card_refundFail', ...good, afterwards: 'refund fails' },
]

/** Said of each row in a test's name. */
export const table = cardRows.map((row) => [row.number, row] as const)

/** What is left of an error, to be compared. */
export const errorOf = ({ code, declineCode }: CardRow) => ({
  code,
  ...(declineCode === undefined ? {} : { decline_code: declineCode }),
})
