import { decimalsOf, inUnits, isPayable, maximumAmount, minimumAmount } from '../../domain/currency.ts'
import { invalidRequest } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { CardOptions, MethodOptions, PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import type { MethodType } from '../../domain/offered-methods.ts'
import type { World } from '../../world.ts'
import { type Offering, offeredTypes } from './method-types.ts'

const tooSmall = (currency: string, minimum: number) =>
  invalidRequest(`Amount must be at least ${minimum} in the smallest unit of ${currency}.`, {
    code: 'amount_too_small',
    param: 'amount',
  })

const tooLarge = (currency: string, maximum: number) => {
  const most = inUnits(maximum, currency).toLocaleString('en-US', { minimumFractionDigits: decimalsOf(currency) })
  return invalidRequest(`Amount must be no more than ${most}`, { code: 'amount_too_large', param: 'amount' })
}

/** Stripe's bounds for one payment: 0.50 USD or its like, eight digits. */
export const checkAmount = (amount: number, currency: string): void => {
  const minimum = minimumAmount(currency)
  if (amount < minimum) throw tooSmall(currency, minimum)
  const maximum = maximumAmount(currency)
  if (amount > maximum) throw tooLarge(currency, maximum)
}

/** What an app asks for must be what cards can pay: some currencies have idle last digits. */
export const checkPayable = (amount: number, currency: string): void => {
  checkAmount(amount, currency)
  if (isPayable(amount, currency)) return
  throw invalidRequest(`Invalid amount: the last digits of an amount in ${currency} must be zero.`, { param: 'amount' })
}

const cardOptions: CardOptions = { mandate_options: null, network: null, request_three_d_secure: 'automatic' }

const optionsByType: Readonly<Record<MethodType, object>> = {
  card: cardOptions,
  sepa_debit: {},
  us_bank_account: { verification_method: 'automatic' },
}

const optionsOf = (types: readonly MethodType[], card: CardOptions): MethodOptions =>
  Object.fromEntries(types.map((type) => [type, type === 'card' ? card : optionsByType[type]]))

/** What an intent can be paid with; what was said of cards stays said. */
export const methodsOf = (
  world: World,
  intent: Offering & Partial<Pick<PaymentIntent, 'payment_method_options'>>,
): Pick<PaymentIntent, 'payment_method_options' | 'payment_method_types'> => {
  const types = offeredTypes(world, intent)
  return {
    payment_method_options: optionsOf(
      types,
      intent.payment_method_options?.card ?? { installments: null, ...cardOptions },
    ),
    payment_method_types: types,
  }
}

export const createPaymentIntent = (
  world: World,
  fields: Partial<PaymentIntent> & { readonly amount: number; readonly currency: string },
): PaymentIntent => {
  checkAmount(fields.amount, fields.currency)
  const id = world.ids.next('payment_intent')
  const methods = methodsOf(world, fields)
  return world.insert(
    'payment_intent',
    {
      id,
      amount_details: { tip: {} },
      automatic_payment_methods: { enabled: true, allow_redirects: 'always' },
      capture_method: 'automatic_async',
      client_secret: `${id}_secret_${world.ids.secret('client_secret')}`,
      confirmation_method: 'automatic',
      payment_method_types: methods.payment_method_types,
      status: 'requires_payment_method',
      transfer_data: null,
      ...fields,
      payment_method_options: methods.payment_method_options,
    },
    'payment_intent.created',
  )
}

export const createSetupIntent = (world: World, fields: Partial<SetupIntent>): SetupIntent => {
  const id = world.ids.next('setup_intent')
  const types = offeredTypes(world, fields as Offering)
  return world.insert(
    'setup_intent',
    {
      id,
      automatic_payment_methods: { enabled: true, allow_redirects: 'always' },
      client_secret: `${id}_secret_${world.ids.secret('client_secret')}`,
      flow_directions: null,
      metadata: mergeMetadata({}, undefined),
      payment_method_types: types,
      status: 'requires_payment_method',
      usage: 'off_session',
      ...fields,
      payment_method_options: optionsOf(types, fields.payment_method_options?.card ?? cardOptions),
    },
    'setup_intent.created',
  )
}

/** Whose method an intent may use: its own customer's, or one that is nobody's and unused. */
export const checkOwner = (method: PaymentMethod, customer: string | null): void => {
  if (method.customer !== null && method.customer !== customer) {
    throw invalidRequest(
      customer === null
        ? `The provided PaymentMethod (${method.id}) is attached to a customer, and the intent has none. Pass its customer.`
        : `The provided PaymentMethod (${method.id}) is attached to another customer.`,
      { param: 'payment_method' },
    )
  }
  if (method.customer === null && method.$spent === true) {
    throw invalidRequest(
      'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
      { param: 'payment_method' },
    )
  }
}
