import { checkCurrency } from '../../domain/currency.ts'
import { cardFailure, invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import { canCancel, canConfirm, canceled, prepared, unexpectedState } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import { tellOutcome } from '../../flows/confirmation.ts'
import { checkTerms, refuseDisabled, type TermsInput, termsOf, termsParams } from '../../flows/connect/terms.ts'
import { attemptPayment } from '../../flows/payments/attempt.ts'
import { releaseIntent } from '../../flows/payments/capture.ts'
import { checkAmount, checkOwner, createPaymentIntent } from '../../flows/payments/intents.ts'
import { type MethodTypeInput, methodTypes } from '../../flows/payments/method-types.ts'
import { findPaymentMethod } from '../../flows/payments/payment-methods.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'
import {
  type ConfirmInput,
  checkSecret,
  confirmMethod,
  confirmParams,
  confirmReturnUrl,
  shownTo,
} from './confirm-input.ts'

interface IntentInput extends ConfirmInput, MethodTypeInput, TermsInput {
  readonly amount?: number
  readonly automatic_payment_methods?: PaymentIntent['automatic_payment_methods']
  readonly capture_method?: PaymentIntent['capture_method']
  readonly confirm?: boolean
  readonly currency?: string
  readonly customer?: string
  readonly description?: string
  readonly metadata?: MetadataInput
  readonly receipt_email?: string
  readonly shipping?: unknown
  readonly statement_descriptor?: string
  readonly statement_descriptor_suffix?: string
}

const editable = [
  'amount',
  'currency',
  'customer',
  'description',
  'metadata',
  'payment_method',
  'receipt_email',
  'setup_future_usage',
  'shipping',
  'statement_descriptor',
  'statement_descriptor_suffix',
  ...termsParams,
] as const

const needIntent = (call: Call): PaymentIntent =>
  call.world.need('payment_intent', idOf(call), { status: 404, param: 'intent' })

const confirmOnly = ['off_session', 'return_url', 'error_on_requires_action', 'confirmation_token'] as const

const refuseWithoutConfirm = (input: IntentInput): void => {
  const param = confirmOnly.find((name) => input[name] !== undefined)
  if (input.confirm === true || param === undefined) return
  throw invalidRequest(
    `The parameter ${param} cannot be passed when creating a PaymentIntent unless confirm is set to true.`,
    { param },
  )
}

const texts = [
  'description',
  'receipt_email',
  'shipping',
  'statement_descriptor',
  'statement_descriptor_suffix',
] as const

const textsOf = (input: IntentInput): Partial<PaymentIntent> =>
  Object.fromEntries(texts.filter((name) => input[name] !== undefined).map((name) => [name, input[name] || null]))

const customerOf = (call: Call, id: string | undefined): string | null =>
  id === undefined || id === '' ? null : call.world.need('customer', id, { param: 'customer' }).id

const redirects = (input: IntentInput): PaymentIntent['automatic_payment_methods'] => {
  const given = input.automatic_payment_methods
  if (!given) return { enabled: true, allow_redirects: 'always' }
  return given.enabled ? { allow_redirects: 'always', ...given } : null
}

const create = (call: Call, input: IntentInput): PaymentIntent => {
  refuseWithoutConfirm(input)
  refuseDisabled(call.world)
  const customer = customerOf(call, input.customer)
  const method = input.payment_method === undefined ? undefined : findPaymentMethod(call.world, input.payment_method)
  if (method) checkOwner(method, customer)
  return createPaymentIntent(call.world, {
    amount: input.amount ?? 0,
    currency: checkCurrency(input.currency ?? ''),
    automatic_payment_methods: redirects(input),
    capture_method: input.capture_method ?? 'automatic_async',
    customer,
    metadata: mergeMetadata({}, input.metadata),
    setup_future_usage: input.setup_future_usage || null,
    ...termsOf(call.world, { input, amount: input.amount ?? 0 }),
    ...textsOf(input),
    ...methodTypes(input, 'Payment Intent'),
    ...(method ? prepared(method.id) : {}),
  })
}

const confirm = (call: Call, found: PaymentIntent, input: IntentInput): PaymentIntent => {
  if (!canConfirm(found)) throw unexpectedState(found, 'confirm')
  checkTerms(call.world, { terms: found, amount: found.amount })
  if (found.$checkoutSession !== undefined) {
    throw invalidRequest('You cannot confirm this PaymentIntent because it belongs to a Checkout Session.')
  }
  const usage = input.setup_future_usage === undefined ? {} : { setup_future_usage: input.setup_future_usage || null }
  const receipt = input.receipt_email ? { receipt_email: input.receipt_email } : {}
  const intent = call.world.update(found, { ...usage, ...receipt })
  const method = confirmMethod(call, intent, input)
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
  const { payment_method: _made, ...rest } = input
  return input.confirm === true ? confirm(call, intent, rest) : intent
}

const shared = ['application_fee_amount', 'transfer_data'] as const
const fixed = ['amount', 'currency', 'customer', 'payment_method', 'setup_future_usage', ...shared] as const
const settled = ['succeeded', 'canceled', 'processing', 'requires_capture']

const refuseSettled = (intent: PaymentIntent, input: IntentInput): void => {
  const touched = fixed.find((name) => input[name] !== undefined)
  if (!touched || !settled.includes(intent.status)) return
  throw invalidRequest(
    `This PaymentIntent's ${touched} could not be updated because it has a status of ${intent.status}. You may only update the ${touched} of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`,
    { code: 'payment_intent_unexpected_state', param: touched },
  )
}

const makerOf = ({ $invoice, $checkoutSession }: PaymentIntent): string | undefined => {
  if ($checkoutSession !== undefined) return 'a Checkout Session'
  return $invoice === undefined ? undefined : 'an invoice'
}

/** What an invoice or a session asks for is not changed behind its back. */
const refuseMade = (intent: PaymentIntent, input: IntentInput): void => {
  const maker = makerOf(intent)
  const touched = (['amount', 'currency', 'customer', ...shared] as const).find((name) => input[name] !== undefined)
  if (maker === undefined || touched === undefined) return
  throw invalidRequest(`The ${touched} of this PaymentIntent cannot be changed because it was created by ${maker}.`, {
    param: touched,
  })
}

const update = (call: Call, input: IntentInput): PaymentIntent => {
  const intent = needIntent(call)
  refuseSettled(intent, input)
  refuseMade(intent, input)
  const amount = input.amount ?? intent.amount
  const currency = input.currency === undefined ? intent.currency : checkCurrency(input.currency)
  checkAmount(amount, currency)
  const customer = input.customer === undefined ? intent.customer : customerOf(call, input.customer)
  const method = input.payment_method === undefined ? undefined : findPaymentMethod(call.world, input.payment_method)
  if (method) checkOwner(method, customer)
  return call.world.update(intent, {
    amount,
    currency,
    customer,
    metadata: mergeMetadata(intent.metadata, input.metadata),
    ...termsOf(call.world, { old: intent, input, amount }),
    ...textsOf(input),
    ...(input.setup_future_usage === undefined ? {} : { setup_future_usage: input.setup_future_usage || null }),
    ...(method ? prepared(method.id) : {}),
  })
}

const cancel = (call: Call, input: { readonly cancellation_reason?: string }): PaymentIntent => {
  const intent = needIntent(call)
  if (!canCancel(intent)) throw unexpectedState(intent, 'cancel')
  if (intent.$checkoutSession !== undefined) {
    throw invalidRequest(
      'You cannot cancel this PaymentIntent because it belongs to a Checkout Session. Expire the session instead.',
    )
  }
  if (intent.$invoice !== undefined) {
    throw invalidRequest('You cannot cancel this PaymentIntent because it was created by an invoice. Void the invoice.')
  }
  if (intent.status === 'requires_capture') releaseIntent(call.world, intent)
  const ended = call.world.update(intent, canceled(call.world.now(), input.cancellation_reason ?? null))
  call.world.emit('payment_intent.canceled', ended)
  return ended
}

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
      'capture_method',
      'confirm',
      'excluded_payment_method_types',
      'off_session',
      'error_on_requires_action',
    ],
    createOrConfirm,
  ),
  'GET /v1/payment_intents/{id}': route(['client_secret'], (call) => {
    checkSecret(call, needIntent(call))
    return shownTo(call, needIntent(call))
  }),
  'POST /v1/payment_intents/{id}': route<IntentInput>(editable, update),
  'POST /v1/payment_intents/{id}/confirm': route<IntentInput>(
    [...confirmParams, 'off_session', 'error_on_requires_action', 'receipt_email', 'setup_future_usage'],
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
