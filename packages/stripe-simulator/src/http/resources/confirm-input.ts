import { invalidRequest, missingParam } from '../../domain/failure.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import { checkOwner } from '../../flows/payments/intents.ts'
import { createPaymentMethod, findPaymentMethod, type MethodFields } from '../../flows/payments/payment-methods.ts'
import type { Call } from '../route.ts'
import { refuseRawCard } from './payment-methods.ts'

/** What confirming takes, of either kind of intent. */
export interface ConfirmInput {
  readonly client_secret?: string
  readonly confirmation_token?: string
  readonly error_on_requires_action?: boolean
  readonly off_session?: boolean | 'one_off' | 'recurring'
  readonly payment_method?: string
  readonly payment_method_data?: MethodFields
  readonly return_url?: string
  readonly setup_future_usage?: 'off_session' | 'on_session' | ''
  readonly use_stripe_sdk?: boolean
}

export const confirmParams = [
  'client_secret',
  'confirmation_token',
  'payment_method',
  'payment_method_data',
  'return_url',
  'use_stripe_sdk',
] as const

type Intent = PaymentIntent | SetupIntent

/** A browser knows an intent by its secret only. */
export const checkSecret = (call: Call, intent: Intent): void => {
  if (!call.publishable) return
  const secret = (call.input as ConfirmInput).client_secret
  if (secret === undefined) throw missingParam('client_secret')
  if (secret !== intent.client_secret) {
    throw invalidRequest(
      'The client_secret provided does not match any associated intent on this account. Ensure the provided client_secret and publishable key belong to the same account.',
      { code: `${intent.object}_invalid_parameter`, param: 'client_secret' },
    )
  }
}

const fromToken = (call: Call, id: string, intent: Intent): PaymentMethod => {
  const token = call.world.need('confirmation_token', id, { param: 'confirmation_token' })
  if (token.payment_intent !== null || token.setup_intent !== null) {
    throw invalidRequest('This ConfirmationToken was already used.', { param: 'confirmation_token' })
  }
  call.world.update(token, { [intent.object]: intent.id })
  return call.world.need('payment_method', token.$paymentMethod)
}

/** The method that a request names or describes. */
export const namedMethod = (call: Call, input: ConfirmInput): PaymentMethod | undefined => {
  if (input.payment_method !== undefined) return findPaymentMethod(call.world, input.payment_method)
  if (!input.payment_method_data) return undefined
  refuseRawCard(call, input.payment_method_data)
  return createPaymentMethod(call.world, input.payment_method_data)
}

const given = (call: Call, intent: Intent, input: ConfirmInput): PaymentMethod | undefined => {
  if (input.confirmation_token !== undefined) return fromToken(call, input.confirmation_token, intent)
  const named = namedMethod(call, input)
  if (named) return named
  return intent.payment_method === null ? undefined : call.world.need('payment_method', intent.payment_method)
}

/** The method that a confirmation is made with, checked to be the intent's to use. */
export const confirmMethod = (call: Call, intent: Intent, input: ConfirmInput): PaymentMethod => {
  const method = given(call, intent, input)
  if (!method) {
    throw invalidRequest(
      `You cannot confirm this ${intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'} because it's missing a payment method. You can either update it with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.`,
      { code: `${intent.object}_unexpected_state` },
    )
  }
  checkOwner(method, intent.customer)
  return method
}

/** Methods chosen by Stripe may lead away from the page: somebody has to say where to come back to. */
export const confirmReturnUrl = (call: Call, intent: Intent, input: ConfirmInput): string | undefined => {
  const token = call.world.store.get('confirmation_token', input.confirmation_token ?? '')
  const url = input.return_url ?? token?.return_url ?? undefined
  const mayRedirect = intent.automatic_payment_methods?.allow_redirects !== 'never'
  const inBrowser = call.publishable || input.use_stripe_sdk === true
  const absent = input.off_session !== undefined && input.off_session !== false
  if (url === undefined && mayRedirect && !inBrowser && !absent && intent.automatic_payment_methods?.enabled) {
    throw invalidRequest(
      "This intent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating it.",
    )
  }
  return url
}

const browserFields: readonly string[] = [
  'id',
  'object',
  'amount',
  'amount_details',
  'automatic_payment_methods',
  'canceled_at',
  'cancellation_reason',
  'capture_method',
  'client_secret',
  'confirmation_method',
  'created',
  'currency',
  'description',
  'last_payment_error',
  'last_setup_error',
  'livemode',
  'next_action',
  'payment_method',
  'payment_method_configuration_details',
  'payment_method_types',
  'processing',
  'receipt_email',
  'setup_future_usage',
  'shipping',
  'source',
  'status',
  'usage',
]

/** A browser sees what concerns the payment, and nothing of the customer. */
export const shownTo = (call: Call, intent: Intent): Readonly<Record<string, unknown>> =>
  call.publishable
    ? Object.fromEntries(Object.entries(intent).filter(([field]) => browserFields.includes(field)))
    : intent
