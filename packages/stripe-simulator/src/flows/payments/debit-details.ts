import type { DebitMethod } from '../../domain/objects/customer.ts'

/** A bank account as its charges show it. */
export const debitDetails = (method: DebitMethod) => {
  if (method.type === 'us_bank_account') {
    const { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number } = method.us_bank_account
    return {
      type: method.type,
      us_bank_account: {
        account_holder_type,
        account_type,
        bank_name,
        fingerprint,
        last4,
        ...(method.$mandate === undefined ? {} : { mandate: method.$mandate }),
        payment_reference: null,
        routing_number,
      },
    }
  }
  const { bank_code, country, fingerprint, last4 } = method.sepa_debit
  const mandate = method.$mandate ?? null
  return { type: method.type, sepa_debit: { bank_code, branch_code: null, country, fingerprint, last4, mandate } }
}
