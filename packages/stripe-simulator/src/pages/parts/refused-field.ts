import { StripeFailure } from '../../domain/failure.ts'
import type { Problems } from './card-fields.ts'

/** The fields that Stripe's refusals are about, by code. */
const fieldOf: Readonly<Record<string, string>> = {
  account_number_invalid: 'accountNumber',
  invalid_bank_account_iban: 'iban',
  payment_method_invalid_parameter_testmode: 'iban',
  routing_number_invalid: 'routingNumber',
  tax_id_invalid: 'taxId',
}

/** What work came to, or the field that it was refused for. */
export const orProblem = <T>(work: () => T): T | { readonly problems: Problems } => {
  try {
    return work()
  } catch (cause) {
    const field = cause instanceof StripeFailure ? fieldOf[cause.error.code ?? ''] : undefined
    if (field === undefined || !(cause instanceof StripeFailure)) throw cause
    return { problems: new Map([[field, cause.error.message]]) }
  }
}
