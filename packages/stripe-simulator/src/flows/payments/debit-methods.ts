import { createHash } from 'node:crypto'
import { debitBehaviourOf } from '../../domain/debit.ts'
import { invalidRequest, missingParam } from '../../domain/failure.ts'
import type { BillingDetails } from '../../domain/objects/base.ts'
import type { BankAccountMethod, SepaMethod } from '../../domain/objects/customer.ts'
import { isIban } from '../../domain/test-ibans.ts'

export interface BankAccountFields {
  readonly account_holder_type?: 'company' | 'individual'
  readonly account_number?: string
  readonly account_type?: 'checking' | 'savings'
  readonly routing_number?: string
}

export interface SepaFields {
  readonly iban?: string
}

export const fingerprintOf = (number: string): string => createHash('sha256').update(number).digest('hex').slice(0, 16)

/** Nobody can be asked for their money without a name, and in Europe without an address for the notice. */
export const refuseNameless = (details: Partial<BillingDetails>, type: 'sepa_debit' | 'us_bank_account'): void => {
  if (!details.name) throw missingParam('billing_details[name]')
  if (type === 'sepa_debit' && !details.email) throw missingParam('billing_details[email]')
}

const routingWeights = [3, 7, 1, 3, 7, 1, 3, 7, 1]

const isRoutingNumber = (number: string): boolean =>
  /^\d{9}$/.test(number) && routingWeights.reduce((sum, weight, at) => sum + weight * Number(number[at]), 0) % 10 === 0

const checkRouting = (number: string): void => {
  if (isRoutingNumber(number)) return
  throw invalidRequest('The routing number is invalid: it must be nine digits of a US bank.', {
    code: 'routing_number_invalid',
    param: 'us_bank_account[routing_number]',
  })
}

const checkAccount = (number: string): void => {
  if (debitBehaviourOf(number) && /^\d+$/.test(number)) return
  throw invalidRequest(
    'You must use a test bank account number in test mode. Try 000123456789 or see more options at https://stripe.com/docs/connect/testing#account-numbers.',
    { code: 'account_number_invalid', param: 'us_bank_account[account_number]' },
  )
}

export const bankAccountOf = (
  fields: BankAccountFields,
  verified: boolean,
): Pick<BankAccountMethod, 'us_bank_account' | '$number' | '$verified'> => {
  const { account_number: number, routing_number = '' } = fields
  if (number === undefined) throw missingParam('us_bank_account[account_number]')
  checkRouting(routing_number)
  checkAccount(number)
  return {
    us_bank_account: {
      account_holder_type: fields.account_holder_type ?? 'individual',
      account_type: fields.account_type ?? 'checking',
      bank_name: 'STRIPE TEST BANK',
      financial_connections_account: null,
      fingerprint: fingerprintOf(`${routing_number}:${number}`),
      last4: number.slice(-4),
      networks: { preferred: 'ach', supported: ['ach'] },
      routing_number,
      status_details: {},
    },
    $number: number,
    $verified: verified,
  }
}

const checkIban = (iban: string): void => {
  const param = 'sepa_debit[iban]'
  if (!isIban(iban)) {
    throw invalidRequest('The IBAN you provided is invalid.', { code: 'invalid_bank_account_iban', param })
  }
  if (debitBehaviourOf(iban)) return
  throw invalidRequest('You must use a test IBAN in test mode. Try DE89370400440532013000.', {
    code: 'payment_method_invalid_parameter_testmode',
    param,
  })
}

export const sepaOf = ({ iban: given }: SepaFields): Pick<SepaMethod, 'sepa_debit' | '$number'> => {
  if (given === undefined) throw missingParam('sepa_debit[iban]')
  const iban = given.replaceAll(' ', '').toUpperCase()
  checkIban(iban)
  return {
    sepa_debit: {
      bank_code: iban.slice(4, 12),
      branch_code: null,
      country: iban.slice(0, 2),
      fingerprint: fingerprintOf(iban),
      generated_from: { charge: null, setup_attempt: null },
      last4: iban.slice(-4),
    },
    $number: iban,
  }
}
