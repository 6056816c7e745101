import { checkCurrency } from '../../domain/currency.ts'
import { cardFailure, invalidRequest } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import { canConfirm, prepared, unexpectedState } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import { tellOutcome } from '../../flows/confirmation.ts'
import { checkTerms, refuseDisabled, termsOf, termsParams } from '../../flows/connect/terms.ts'
import { detailedAmount } from '../../flows/payments/amount-details.ts'
import { attemptPayment } from '../../flows/payments/attempt.ts'
import { cancelIntent } from '../../flows/payments/cancel.ts'
import { checkNetwork, paymentCardOptionParams, withCardOptions } from '../../flows/payments/card-options.ts'
import { checkPayable, createPaymentIntent } from '../../flows/payments/intents.ts'
import { methodTypes } from '../../flows/payments/method-types.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, type Routes, route } from '../route.ts'
import { checkSecret, confirmMethod, confirmParams, confirmReturnUrl, shownTo } from './confirm-input.ts'
import {
  changesOf,
  checkConfirmedAmount,
  checkMandate,
  customerOf,
  type IntentInput,
  methodOf,
  needIntent,
  refuseDescriptor,
  refuseRadarSession,
  textsOf,
} from './intent-input.ts'
import { updateIntent } from './payment-intent-update.ts'

const editable = [
  ...paymentCardOptionParams,
  'amount',
  'amount_details',
  'capture_method',
  'currency',
  'customer',
  'description',
  'metadata',
  'payment_method',
  'payment_method_data',
  'receipt_email',
  'setup_future_usage',
  'shipping',
  'statement_descriptor',
  'statement_descriptor_suffix',
  ...termsParams,
] as const

const confirmOnly = [
  'off_session',
  'return_url',
  'error_on_requires_action',
  'confirmation_token',
  'mandate',
  'mandate_data',
] as const

const refuseWithoutConfirm = (input: IntentInput): void => {
  const param = confirmOnly.find((name) => input[name] !== undefined)
  if (input.confirm === true || param === undefined) return
  throw invalidRequest(
    `The parameter ${param} cannot be passed when creating a PaymentIntent unless confirm is set to true.`,
    { param },
  )
}

const redirects = (input: IntentInput): PaymentIntent['automatic_payment_methods'] => {
  const given = input.automatic_payment_methods
  if (!given) return { enabled: true, allow_redirects: 'always' }
  return given.enabled ? { allow_redirects: 'always', ...given } : null
}

const create = (call: Call, input: IntentInput): PaymentIntent => {
  refuseWithoutConfirm(input)
  refuseDisabled(call.world)
  refuseRadarSession(input)
  const customer = customerOf(call, input.customer)
  const method = methodOf(call, input, customer)
  const amount = input.amount ?? 0
  const currency = checkCurrency(input.currency ?? '')
  checkPayable(amount, currency)
  return createPaymentIntent(call.world, {
    amount,
    currency,
    automatic_payment_methods: redirects(input),
    capture_method: input.capture_method ?? 'automatic_async',
    confirmation_method: input.confirmation_method ?? 'automatic',
    customer,
    metadata: mergeMetadata({}, input.metadata),
    payment_method_options: withCardOptions(undefined, input.payment_method_options),
    setup_future_usage: input.setup_future_usage || null,
    ...termsOf(call.world, { input, amount: input.amount ?? 0 }),
    ...textsOf(input),
    ...detailedAmount(call.world, { amount, amount_details: { tip: {} } }, input.amount_details),
    ...methodTypes(call.world, { ...input, currency }, 'Payment Intent'),
    ...(method ? prepared(method.id) : {}),
  })
}

/** Such an intent is confirmed by the server, each time. */
const refuseManual = (call: Call, { confirmation_method }: PaymentIntent): void => {
  if (!call.publishable || confirmation_method !== 'manual') return
  throw invalidRequest(
    'This PaymentIntent has a confirmation_method of manual: it can only be confirmed with a secret API key.',
    { code: 'payment_intent_invalid_parameter' },
  )
}

const confirm = (call: Call, found: PaymentIntent, input: IntentInput): PaymentIntent => {
  if (!canConfirm(found)) throw unexpectedState(found, 'confirm')
  checkTerms(call.world, { terms: found, amount: found.amount })
  if (found.$checkoutSession !== undefined) {
    throw invalidRequest('You cannot confirm this PaymentIntent because it belongs to a Checkout Session.')
  }
  refuseManual(call, found)
  refuseRadarSession(input)
  checkMandate(call, input)
  checkConfirmedAmount(found, input)
  const intent = call.world.update(found, changesOf(call, found, input))
  const method = confirmMethod(call, intent, input)
  checkNetwork(intent, method)
  if (method.type === 'card') refuseDescriptor(intent.statement_descriptor)
  const returnUrl = confirmReturnUrl(call, intent, input)
  const attempted = attemptPayment(call.world, intent, {
    method,
    returnUrl,
    useStripeSdk: input.use_stripe_sdk,
    offSession: input.off_session !== undefined && input.off_session !== false,
    errorOnRequiresAction: input.error_on_requires_action === true,
  })
  tellOutcome(call.world, attempted)
  if (attempted.status === 'requires_payment_method') {
    throw cardFailure(attempted.last_payment_error, shownTo(call, render(attempted)) as PaymentIntent)
  }
  return call.world.need('payment_intent', attempted.id)
}

const createOrConfirm = (call: Call, input: IntentInput): PaymentIntent => {
  const intent = create(call, input)
  const { payment_method: _made, payment_method_data: _typed, amount_details: _told, ...rest } = input
  return input.confirm === true ? confirm(call, intent, rest) : intent
}

const cancel = (call: Call, { cancellation_reason }: { readonly cancellation_reason?: string }): PaymentIntent =>
  cancelIntent(call.world, needIntent(call), cancellation_reason ?? null)

interface IntentList {
  readonly created?: RangeInput
  readonly customer?: string
}

export const paymentIntentRoutes: Routes = {
  'POST /v1/payment_intents': route<IntentInput>(
    [
      ...editable,
      ...confirmParams,
      'allowed_payment_method_types',
      'automatic_payment_methods',
      'confirm',
      'confirmation_method',
      'excluded_payment_method_types',
      'off_session',
      'error_on_requires_action',
      'mandate',
      'mandate_data',
      'radar_options.session',
    ],
    createOrConfirm,
  ),
  'GET /v1/payment_intents/{id}': route(['client_secret'], (call) => {
    checkSecret(call, needIntent(call))
    return shownTo(call, needIntent(call))
  }),
  'POST /v1/payment_intents/{id}': route<IntentInput>(editable, updateIntent),
  'POST /v1/payment_intents/{id}/confirm': route<IntentInput>(
    [
      ...confirmParams,
      ...paymentCardOptionParams,
      'amount_details',
      'amount_to_confirm',
      'capture_method',
      'error_on_requires_action',
      'mandate',
      'mandate_data',
      'off_session',
      'radar_options.session',
      'receipt_email',
      'setup_future_usage',
      'shipping',
    ],
    (call, input) => {
      checkSecret(call, needIntent(call))
      return shownTo(call, confirm(call, needIntent(call), input))
    },
  ),
  'POST /v1/payment_intents/{id}/cancel': route(['cancellation_reason'], cancel),
  'GET /v1/payment_intents': route<IntentList>([...pageParams, 'created', 'customer'], (call, { created, customer }) =>
    newestFirst(
      call,
      call.world.store
        .all('payment_intent')
        .filter((intent) => matches(intent, { customer }) && isWithin(intent.created, created)),
    ),
  ),
}
