import { checkCurrency } from '../../domain/currency.ts'
import { invalidRequest } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import { prepared } from '../../domain/payment-intent.ts'
import { termsOf } from '../../flows/connect/terms.ts'
import { checkPayable } from '../../flows/payments/intents.ts'
import type { Call } from '../route.ts'
import { changesOf, customerOf, type IntentInput, methodOf, needIntent } from './intent-input.ts'

const shared = ['application_fee_amount', 'transfer_data'] as const

const fixed = [
  'amount',
  'capture_method',
  'currency',
  'customer',
  'payment_method',
  'payment_method_data',
  'payment_method_options',
  'setup_future_usage',
  ...shared,
] as const

const settled = ['succeeded', 'canceled', 'processing', 'requires_capture']

const refuseSettled = (intent: PaymentIntent, input: IntentInput): void => {
  const touched = (fixed as readonly (keyof IntentInput)[]).find((name) => input[name] !== undefined)
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
  const touched = (['amount', 'capture_method', 'currency', 'customer', ...shared] as const).find(
    (name) => input[name] !== undefined,
  )
  if (maker === undefined || touched === undefined) return
  throw invalidRequest(`The ${touched} of this PaymentIntent cannot be changed because it was created by ${maker}.`, {
    param: touched,
  })
}

/** Changes an intent that is not settled. */
export const updateIntent = (call: Call, input: IntentInput): PaymentIntent => {
  const intent = needIntent(call)
  refuseSettled(intent, input)
  refuseMade(intent, input)
  const amount = input.amount ?? intent.amount
  const currency = input.currency === undefined ? intent.currency : checkCurrency(input.currency)
  checkPayable(amount, currency)
  const customer = input.customer === undefined ? intent.customer : customerOf(call, input.customer)
  const method = methodOf(call, input, customer)
  return call.world.update(intent, {
    amount,
    currency,
    customer,
    metadata: mergeMetadata(intent.metadata, input.metadata),
    ...termsOf(call.world, { old: intent, input, amount }),
    ...changesOf(call, intent, input),
    ...(method ? prepared(method.id) : {}),
  })
}
