import { wholeAddress } from '../../domain/address.ts'
import type { PostalAddress } from '../../domain/objects/checkout-parts.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { BankDebitInput, CardInput, TypedMethod } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import type { BankAccountFields } from './debit-methods.ts'
import { createPaymentMethod, type MethodFields } from './payment-methods.ts'

export interface Typist {
  /** Where they are, as far as they said; a country of its own comes first. */
  readonly address?: Partial<PostalAddress> | undefined
  readonly allowRedisplay?: PaymentMethod['allow_redisplay'] | undefined
  readonly email?: string | undefined
  readonly name?: string | undefined
  readonly phone?: string | null | undefined
  readonly country?: string | undefined
  readonly postalCode?: string | undefined
}

const addressOf = ({ address, country, postalCode }: Typist) => ({
  ...wholeAddress({
    ...address,
    ...(postalCode ? { postal_code: postalCode } : {}),
    ...(country ? { country, postal_code: postalCode ?? null } : {}),
  }),
})

const shown = ({ allowRedisplay }: Typist): Pick<MethodFields, 'allow_redisplay'> =>
  allowRedisplay === undefined ? {} : { allow_redisplay: allowRedisplay }

const fromCard = (world: World, card: CardInput, typist: Typist): PaymentMethod => {
  const { number, expMonth, expYear, cvc } = card
  const country = card.country ?? typist.country
  const address = addressOf({ ...typist, country, postalCode: card.postalCode ?? typist.postalCode })
  return createPaymentMethod(world, {
    type: 'card',
    ...shown(typist),
    card: { number, exp_month: expMonth, exp_year: expYear, cvc },
    billing_details: {
      address,
      email: typist.email ?? null,
      name: typist.name ?? card.name ?? null,
      phone: typist.phone ?? null,
    },
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
    address: addressOf(typist),
    email: debit.email ?? typist.email ?? null,
    name: debit.name || typist.name || null,
    phone: typist.phone ?? null,
  }
  const own =
    debit.type === 'sepa_debit' ? { sepa_debit: { iban: debit.iban } } : { us_bank_account: accountFields(debit) }
  return createPaymentMethod(world, { type: debit.type, ...shown(typist), ...own, billing_details }, 'instant')
}

/** The method that somebody typed on a hosted page. Bank accounts are proved there at once. */
export const typedMethod = (world: World, typed: TypedMethod, typist: Typist = {}): PaymentMethod =>
  'card' in typed ? fromCard(world, typed.card, typist) : fromAccount(world, typed.bankDebit, typist)
