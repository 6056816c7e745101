import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { BankDebitInput, CardInput, TypedMethod } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import type { BankAccountFields } from './debit-methods.ts'
import { createPaymentMethod } from './payment-methods.ts'

export interface Typist {
  readonly email?: string | undefined
  readonly name?: string | undefined
  readonly country?: string | undefined
  readonly postalCode?: string | undefined
}

const addressOf = (country: string | undefined, postalCode: string | undefined) => ({
  city: null,
  country: country ?? null,
  line1: null,
  line2: null,
  postal_code: postalCode ?? null,
  state: null,
})

const fromCard = (world: World, card: CardInput, typist: Typist): PaymentMethod => {
  const { number, expMonth, expYear, cvc } = card
  const address = addressOf(card.country ?? typist.country, card.postalCode ?? typist.postalCode)
  return createPaymentMethod(world, {
    type: 'card',
    card: { number, exp_month: expMonth, exp_year: expYear, cvc },
    billing_details: { address, email: typist.email ?? null, name: typist.name ?? card.name ?? null },
  })
}

const accountFields = (debit: Extract<BankDebitInput, { readonly type: 'us_bank_account' }>): BankAccountFields => {
  const { accountHolderType, accountNumber, accountType, routingNumber } = debit
  return {
    account_number: accountNumber,
    routing_number: routingNumber,
    ...(accountHolderType === undefined ? {} : { account_holder_type: accountHolderType }),
    ...(accountType === undefined ? {} : { account_type: accountType }),
  }
}

const fromAccount = (world: World, debit: BankDebitInput, typist: Typist): PaymentMethod => {
  const billing_details = {
    address: addressOf(typist.country, typist.postalCode),
    email: debit.email ?? typist.email ?? null,
    name: debit.name || typist.name || null,
  }
  const own =
    debit.type === 'sepa_debit' ? { sepa_debit: { iban: debit.iban } } : { us_bank_account: accountFields(debit) }
  return createPaymentMethod(world, { type: debit.type, ...own, billing_details }, 'instant')
}

/** The method that somebody typed on a hosted page. Bank accounts are proved there at once. */
export const typedMethod = (world: World, typed: TypedMethod, typist: Typist = {}): PaymentMethod =>
  'card' in typed ? fromCard(world, typed.card, typist) : fromAccount(world, typed.bankDebit, typist)
