import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { BankDebitInput, CardInput, TypedMethod } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { createPaymentMethod } from './payment-methods.ts'

export interface Typist {
  readonly email?: string | undefined
  readonly name?: string | undefined
}

const fromCard = (world: World, card: CardInput, { email, name }: Typist): PaymentMethod => {
  const { number, expMonth, expYear, cvc, country, postalCode } = card
  const address = {
    city: null,
    country: country ?? null,
    line1: null,
    line2: null,
    postal_code: postalCode ?? null,
    state: null,
  }
  return createPaymentMethod(world, {
    type: 'card',
    card: { number, exp_month: expMonth, exp_year: expYear, cvc },
    billing_details: { address, email: email ?? null, name: name ?? card.name ?? null },
  })
}

const fromAccount = (world: World, debit: BankDebitInput, { email, name }: Typist): PaymentMethod => {
  const billing_details = { email: debit.email ?? email ?? null, name: debit.name || name || null }
  if (debit.type === 'sepa_debit') {
    const { type, iban } = debit
    return createPaymentMethod(world, { type, sepa_debit: { iban }, billing_details }, 'instant')
  }
  const { type, accountHolderType, accountNumber, accountType, routingNumber } = debit
  const us_bank_account = {
    account_number: accountNumber,
    routing_number: routingNumber,
    ...(accountHolderType === undefined ? {} : { account_holder_type: accountHolderType }),
    ...(accountType === undefined ? {} : { account_type: accountType }),
  }
  return createPaymentMethod(world, { type, us_bank_account, billing_details }, 'instant')
}

/** The method that somebody typed on a hosted page. Bank accounts are proved there at once. */
export const typedMethod = (world: World, typed: TypedMethod, typist: Typist = {}): PaymentMethod =>
  'card' in typed ? fromCard(world, typed.card, typist) : fromAccount(world, typed.bankDebit, typist)
