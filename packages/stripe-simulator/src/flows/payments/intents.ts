import { decimalsOf, inUnits, isPayable, maximumAmount, minimumAmount } from '../../domain/currency.ts'
import { invalidRequest } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'
import { withCardOptions } from './card-options.ts'

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

export const createPaymentIntent = (
  world: World,
  fields: Partial<PaymentIntent> & { readonly amount: number; readonly currency: string },
): PaymentIntent => {
  checkAmount(fields.amount, fields.currency)
  const id = world.ids.next('payment_intent')
  return world.insert(
    'payment_intent',
    {
      id,
      amount_details: { tip: {} },
      automatic_payment_methods: { enabled: true, allow_redirects: 'always' },
      capture_method: 'automatic_async',
      client_secret: `${id}_secret_${world.ids.secret('client_secret')}`,
      confirmation_method: 'automatic',
      payment_method_options: withCardOptions(undefined, undefined),
      payment_method_types: ['card'],
      status: 'requires_payment_method',
      transfer_data: null,
      ...fields,
    },
    'payment_intent.created',
  )
}

export const createSetupIntent = (world: World, fields: Partial<SetupIntent>): SetupIntent => {
  const id = world.ids.next('setup_intent')
  return world.insert(
    'setup_intent',
    {
      id,
      automatic_payment_methods: { enabled: true, allow_redirects: 'always' },
      client_secret: `${id}_secret_${world.ids.secret('client_secret')}`,
      flow_directions: null,
      metadata: mergeMetadata({}, undefined),
      payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
      payment_method_types: ['card'],
      status: 'requires_payment_method',
      usage: 'off_session',
      ...fields,
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
