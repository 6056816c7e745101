import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { MethodType } from '../../domain/offered-methods.ts'

/** What the kinds of methods are called on pages. */
export const methodNames: Readonly<Record<MethodType, string>> = {
  card: 'Card',
  sepa_debit: 'SEPA Direct Debit',
  us_bank_account: 'US bank account',
}

/** `visa ending in 4242`, `US bank account ending in 6789`. */
export const nameOfMethod = (method: PaymentMethod): string => {
  if (method.type === 'card') return `${method.card.brand} ending in ${method.card.last4}`
  const { last4 } = method.type === 'sepa_debit' ? method.sepa_debit : method.us_bank_account
  return `${methodNames[method.type]} ending in ${last4}`
}

/** What more there is to say: when a card expires, whose bank an account is at. */
export const detailOfMethod = (method: PaymentMethod): string => {
  if (method.type === 'card')
    return `Expires ${String(method.card.exp_month).padStart(2, '0')} / ${method.card.exp_year}`
  return method.type === 'sepa_debit' ? method.sepa_debit.country : method.us_bank_account.bank_name
}
