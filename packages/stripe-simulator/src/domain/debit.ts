import { type Refusal, refusal } from './card.ts'
import { ibanAlias, ibanEffects } from './test-ibans.ts'

/** How a bank account behaves when it is debited, and when it is verified. */
export interface DebitBehaviour {
  /** Why the debit comes back. */
  readonly decline?: Refusal
  /** Takes at least three minutes longer. */
  readonly slow: boolean
  /** Nobody ever hears of it again. */
  readonly endless: boolean
  readonly disputed: boolean
  /** Microdeposits do not arrive. */
  readonly unverifiable: boolean
}

const good: DebitBehaviour = { slow: false, endless: false, disputed: false, unverifiable: false }

const failing = (code: string): DebitBehaviour => ({ ...good, decline: refusal(code) })

interface TestAccount extends DebitBehaviour {
  readonly alias?: string
}

/** Stripe's test accounts, of routing number 110000000. */
const accounts: Readonly<Record<string, TestAccount>> = {
  '000123456789': { ...good, alias: 'success' },
  '000111111113': { ...failing('account_closed'), alias: 'accountClosed' },
  '000111111116': { ...failing('no_account'), alias: 'noAccount' },
  '000222222227': { ...failing('insufficient_funds'), alias: 'insufficientFunds' },
  '000333333335': { ...failing('debit_not_authorized'), alias: 'debitNotAuthorized' },
  '000444444440': { ...failing('invalid_currency'), alias: 'invalidCurrency' },
  '000555555559': { ...good, disputed: true, alias: 'dispute' },
  '000666666661': { ...good, unverifiable: true, alias: 'failMicrodeposits' },
  '000777777771': { ...failing('charge_exceeds_source_limit'), alias: 'weeklyLimitExceeded' },
  '000888888885': failing('bank_account_unusable'),
  '000000000009': { ...good, endless: true, alias: 'processing' },
}

const effects: Readonly<Record<string, DebitBehaviour>> = {
  success: good,
  successDelayed: { ...good, slow: true },
  failed: failing('generic_could_not_process'),
  failedDelayed: { ...failing('generic_could_not_process'), slow: true },
  disputed: { ...good, disputed: true },
  exceedsWeeklyVolumeLimit: failing('charge_exceeds_source_limit'),
  exceedsWeeklyTransactionLimit: failing('charge_exceeds_weekly_limit'),
  insufficientFunds: failing('insufficient_funds'),
}

/** By account number or IBAN; undefined for what is no test account. */
export const debitBehaviourOf = (number: string): DebitBehaviour | undefined =>
  accounts[number] ?? effects[ibanEffects.get(number) ?? '']

const accountAliases = new Map(Object.entries(accounts).map(([number, { alias }]) => [alias, number]))

const bankAccountPrefix = /^pm_usBankAccount_?/

/** What a test id stands for: `pm_usBankAccount_success`, `pm_success_de`, `pm_sepaDebit_success_de`. */
export const debitOfAlias = (
  id: string,
): { readonly type: 'sepa_debit' | 'us_bank_account'; readonly number: string } | undefined => {
  if (bankAccountPrefix.test(id)) {
    const number = accountAliases.get(id.replace(bankAccountPrefix, '') || 'success')
    return number === undefined ? undefined : { type: 'us_bank_account', number }
  }
  const number = ibanAlias(id.replace(/^pm_(sepaDebit_)?/, ''))
  return id.startsWith('pm_') && number !== undefined ? { type: 'sepa_debit', number } : undefined
}

const chargesOnly = ['charge_exceeds_weekly_limit', 'generic_could_not_process', 'invalid_currency']

/** The code of an intent's error. Charges know codes that intents do not. */
export const intentCode = (code: string): string =>
  chargesOnly.includes(code) ? 'payment_intent_payment_attempt_failed' : code

/** Failures that trying again does not mend. */
export const hopelessDebits = ['account_closed', 'bank_account_unusable', 'debit_not_authorized', 'no_account']
