import { createHash } from 'node:crypto'
import { behaviourOf, numberOfAlias } from '../../domain/card.ts'
import { invalidRequest, noSuch, notSimulated, StripeFailure } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { BillingDetails } from '../../domain/objects/base.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { AllowRedisplay } from '../../domain/objects/customer-session.ts'
import type { World } from '../../world.ts'

export interface CardFields {
  readonly number?: string
  readonly exp_month?: number
  readonly exp_year?: number
  readonly cvc?: string
  readonly token?: string
  readonly networks?: { readonly preferred?: string }
}

export interface MethodFields {
  readonly allow_redisplay?: AllowRedisplay
  readonly type?: string
  readonly card?: CardFields
  readonly billing_details?: Partial<BillingDetails>
  readonly metadata?: MetadataInput
}

const noDetails: BillingDetails = { address: null, email: null, name: null, phone: null, tax_id: null }

const cardError = (code: string, message: string, param: string): StripeFailure =>
  new StripeFailure(402, { type: 'card_error', code, message, param })

const luhn = (number: string): boolean => {
  const digits = [...number].reverse().map(Number)
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

const checkNumber = (number: string): void => {
  if (!/^\d{12,19}$/.test(number) || !luhn(number)) {
    throw cardError('incorrect_number', 'Your card number is incorrect.', 'number')
  }
  if (!behaviourOf(number)) {
    throw new StripeFailure(402, {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'test_mode_live_card',
      message: 'Your card was declined. Your request was in test mode, but used a non test card.',
      param: 'number',
    })
  }
}

const checkExpiry = (world: World, month: number, year: number): void => {
  if (month < 1 || month > 12) {
    throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month')
  }
  const now = new Date(world.now() * 1000)
  const elapsed = year * 12 + month < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1
  if (elapsed) throw cardError('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year')
}

const checkCvc = (cvc: string | undefined): void => {
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc)) {
    throw cardError('invalid_cvc', "Your card's security code is invalid.", 'cvc')
  }
}

const numberOf = (card: CardFields): string => {
  if (card.token === undefined) return (card.number ?? '').replace(/\s/g, '')
  const number = numberOfAlias(card.token)
  if (number === undefined) throw noSuch('token', card.token, { param: 'card[token]' })
  return number
}

const fingerprint = (number: string): string => createHash('sha256').update(number).digest('hex').slice(0, 16)

const cardOf = (number: string, month: number, year: number): PaymentMethod['card'] => {
  const brand = behaviourOf(number)?.brand ?? 'visa'
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: brand === 'amex' ? 'american_express' : brand,
    exp_month: month,
    exp_year: year,
    fingerprint: fingerprint(number),
    funding: 'credit',
    generated_from: null,
    last4: number.slice(-4),
    networks: { available: [brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  }
}

/** A card of several networks goes over the one that its holder prefers. */
export const preferring = (card: PaymentMethod['card'], preferred: string | undefined): PaymentMethod['card'] => {
  if (preferred === undefined) return card
  const { available } = card.networks
  if (preferred !== '' && !available.includes(preferred)) {
    throw invalidRequest(`This card cannot be charged over ${preferred}. Its networks: ${available.join(', ')}.`, {
      param: 'card[networks][preferred]',
    })
  }
  return { ...card, networks: { available, preferred: preferred || null } }
}

/** A payment method from what was typed, or from a test token. Nothing is charged yet. */
export const createPaymentMethod = (world: World, input: MethodFields): PaymentMethod => {
  if (input.type !== undefined && input.type !== 'card') {
    throw notSimulated(`payment methods of type ${input.type}`, 'type')
  }
  if (!input.card) throw invalidRequest('Missing required param: card.', { code: 'parameter_missing', param: 'card' })
  const number = numberOf(input.card)
  const nextYear = new Date(world.now() * 1000).getUTCFullYear() + 1
  const { exp_month = 12, exp_year = nextYear } = input.card
  const year = exp_year < 100 ? 2000 + exp_year : exp_year
  checkNumber(number)
  checkExpiry(world, exp_month, year)
  checkCvc(input.card.cvc)
  return world.insert('payment_method', {
    allow_redisplay: input.allow_redisplay ?? 'unspecified',
    billing_details: { ...noDetails, ...input.billing_details },
    card: preferring(cardOf(number, exp_month, year), input.card.networks?.preferred),
    customer: null,
    metadata: mergeMetadata({}, input.metadata),
    type: 'card',
    $number: number,
  })
}

/** The method with this id; `pm_card_…` makes a fresh one each time, as in Stripe's test mode. */
export const findPaymentMethod = (world: World, id: string, status = 400): PaymentMethod => {
  const number = id.startsWith('pm_card_') ? numberOfAlias(id) : undefined
  if (number !== undefined) return createPaymentMethod(world, { type: 'card', card: { number } })
  return world.need('payment_method', id, { status, param: 'payment_method' })
}

export const cardBehaviour = (method: PaymentMethod) => {
  const behaviour = behaviourOf(method.$number)
  if (!behaviour) throw new TypeError(`No test card has the number of ${method.id}`)
  return behaviour
}

const declinedOnSave = (method: PaymentMethod): StripeFailure => {
  const decline = cardBehaviour(method).decline
  return new StripeFailure(402, {
    type: 'card_error',
    code: decline?.code ?? 'card_declined',
    ...(decline?.declineCode === undefined ? {} : { decline_code: decline.declineCode }),
    message: decline?.message ?? 'Your card was declined.',
  })
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
  if (!cardBehaviour(method).savable) throw declinedOnSave(method)
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
