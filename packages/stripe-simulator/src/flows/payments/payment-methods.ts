import { behaviourOf, type CardBehaviour, numberOfAlias } from '../../domain/card.ts'
import { debitOfAlias } from '../../domain/debit.ts'
import { invalidRequest, notSimulated, StripeFailure } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { BillingDetails } from '../../domain/objects/base.ts'
import type { CardMethod, PaymentMethod } from '../../domain/objects/customer.ts'
import type { AllowRedisplay } from '../../domain/objects/customer-session.ts'
import type { World } from '../../world.ts'
import { type CardFields, typedCard } from './card-methods.ts'
import { type BankAccountFields, bankAccountOf, refuseNameless, type SepaFields, sepaOf } from './debit-methods.ts'

export interface MethodFields {
  readonly allow_redisplay?: AllowRedisplay
  readonly type?: string
  readonly card?: CardFields
  readonly us_bank_account?: BankAccountFields
  readonly sepa_debit?: SepaFields
  readonly billing_details?: Partial<BillingDetails>
  readonly metadata?: MetadataInput
}

const noDetails: BillingDetails = { address: null, email: null, name: null, phone: null, tax_id: null }

/** How somebody proved that a bank account is theirs: on a page, at once, or by deposits that arrive later. */
export type Proof = 'instant' | 'later'

const ownFields = (world: World, input: MethodFields, proof: Proof): Partial<PaymentMethod> => {
  const { type = 'card', billing_details = {} } = input
  if (type === 'card') return { type, ...typedCard(world, input.card) }
  if (type !== 'us_bank_account' && type !== 'sepa_debit') throw notSimulated(`payment methods of type ${type}`, 'type')
  refuseNameless(billing_details, type)
  if (type === 'sepa_debit') return { type, ...sepaOf(input.sepa_debit ?? {}) }
  const verified = proof === 'instant' || world.settings.bankAccountVerification === 'instant'
  return { type, ...bankAccountOf(input.us_bank_account ?? {}, verified) }
}

/** A payment method from what was typed, or from a test token. Nothing is charged yet. */
export const createPaymentMethod = (world: World, input: MethodFields, proof: Proof = 'later'): PaymentMethod =>
  world.insert('payment_method', {
    allow_redisplay: input.allow_redisplay ?? 'unspecified',
    billing_details: { ...noDetails, ...input.billing_details },
    customer: null,
    metadata: mergeMetadata({}, input.metadata),
    ...ownFields(world, input, proof),
  })

const holder = { name: 'Jenny Rosen', email: 'jenny.rosen@example.com' }

/** What a test id stands for. */
const fieldsOfAlias = (id: string): MethodFields | undefined => {
  const number = id.startsWith('pm_card_') ? numberOfAlias(id) : undefined
  if (number !== undefined) return { type: 'card', card: { number } }
  const debit = debitOfAlias(id)
  if (debit?.type === 'sepa_debit')
    return { type: debit.type, sepa_debit: { iban: debit.number }, billing_details: holder }
  if (!debit) return undefined
  const us_bank_account = { account_number: debit.number, routing_number: '110000000' }
  return { type: debit.type, us_bank_account, billing_details: holder }
}

/** The method with this id; a test id such as `pm_card_visa` makes a fresh one each time, as in Stripe's test mode. */
export const findPaymentMethod = (world: World, id: string, status = 400): PaymentMethod => {
  const fields = fieldsOfAlias(id)
  if (fields) return createPaymentMethod(world, fields)
  return world.need('payment_method', id, { status, param: 'payment_method' })
}

export const cardBehaviour = (method: CardMethod): CardBehaviour => {
  const behaviour = behaviourOf(method.$number)
  if (!behaviour) throw new TypeError(`No test card has the number of ${method.id}`)
  return behaviour
}

const declinedOnSave = (method: CardMethod): StripeFailure => {
  const decline = cardBehaviour(method).decline
  return new StripeFailure(402, {
    type: 'card_error',
    code: decline?.code ?? 'card_declined',
    ...(decline?.declineCode === undefined ? {} : { decline_code: decline.declineCode }),
    message: decline?.message ?? 'Your card was declined.',
  })
}

const refuseUnsavable = (method: PaymentMethod): void => {
  if (method.type === 'card' && !cardBehaviour(method).savable) throw declinedOnSave(method)
  if (method.type !== 'us_bank_account' || method.$verified) return
  throw invalidRequest(
    'This bank account is not verified yet, and cannot be attached. Set it up with a SetupIntent, or verify it while it pays.',
    { code: 'bank_account_unverified', param: 'payment_method' },
  )
}

export const attachPaymentMethod = (world: World, method: PaymentMethod, customerId: string): PaymentMethod => {
  if (method.customer === customerId) return method
  if (method.customer !== null) {
    throw invalidRequest('The payment method you provided has already been attached to a customer.')
  }
  if (method.$spent === true) {
    throw invalidRequest(
      'This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.',
    )
  }
  refuseUnsavable(method)
  const customer = world.need('customer', customerId, { param: 'customer' })
  const attached = world.update(method, { customer: customer.id })
  world.emit('payment_method.attached', attached)
  return attached
}

export const detachPaymentMethod = (world: World, method: PaymentMethod): PaymentMethod => {
  const { customer } = method
  if (customer === null) {
    throw invalidRequest('The payment method you provided is not attached to a customer so detachment is impossible.')
  }
  const detached = world.update(method, { customer: null, $spent: true })
  world.emit('payment_method.detached', detached, { customer })
  const owner = world.need('customer', customer)
  if (owner.invoice_settings.default_payment_method === method.id) {
    const invoice_settings = { ...owner.invoice_settings, default_payment_method: null }
    world.update(owner, { invoice_settings }, 'customer.updated')
  }
  return detached
}

/** A method can pay for a customer's subscription only when it is attached to them. */
export const checkMethod = (world: World, id: string | undefined, customer: string): void => {
  if (id === undefined || id === '') return
  if (world.store.get('payment_method', id)?.customer === customer) return
  throw invalidRequest(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
    { code: 'resource_missing', param: 'default_payment_method' },
  )
}
