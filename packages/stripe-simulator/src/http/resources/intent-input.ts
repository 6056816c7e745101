import type { AmountDetailsInput } from '../../domain/amount-details.ts'
import { checkCurrency } from '../../domain/currency.ts'
import { invalidRequest, missingParam, noSuch } from '../../domain/failure.ts'
import type { MetadataInput } from '../../domain/metadata.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import { type ShippingInput, shipmentTo } from '../../domain/shipping.ts'
import type { TermsInput } from '../../flows/connect/terms.ts'
import { detailedAmount } from '../../flows/payments/amount-details.ts'
import { type CardOptionsInput, withCardOptions } from '../../flows/payments/card-options.ts'
import { checkOwner, methodsOf } from '../../flows/payments/intents.ts'
import type { Acceptance } from '../../flows/payments/mandates.ts'
import type { MethodTypeInput } from '../../flows/payments/method-types.ts'
import { type Call, idOf } from '../route.ts'
import { type ConfirmInput, namedMethod } from './confirm-input.ts'

/** How a customer agreed to be charged later. */
export interface MandateInput {
  readonly mandate?: string
  readonly mandate_data?: { readonly customer_acceptance?: Acceptance } | ''
}

export interface IntentInput extends ConfirmInput, MandateInput, MethodTypeInput, TermsInput {
  readonly amount?: number
  readonly amount_details?: AmountDetailsInput | ''
  readonly amount_to_confirm?: number
  readonly automatic_payment_methods?: PaymentIntent['automatic_payment_methods']
  readonly capture_method?: PaymentIntent['capture_method']
  readonly confirm?: boolean
  readonly confirmation_method?: PaymentIntent['confirmation_method']
  readonly currency?: string
  readonly customer?: string
  readonly description?: string
  readonly metadata?: MetadataInput
  readonly payment_method_options?: CardOptionsInput
  readonly radar_options?: { readonly session?: string }
  readonly receipt_email?: string
  readonly shipping?: ShippingInput | ''
  readonly statement_descriptor?: string
  readonly statement_descriptor_suffix?: string
}

const texts = ['description', 'receipt_email', 'statement_descriptor', 'statement_descriptor_suffix'] as const

/** What is written on an intent as it comes; an empty text unsets it. */
export const textsOf = (input: IntentInput): Partial<PaymentIntent> => ({
  ...Object.fromEntries(texts.filter((name) => input[name] !== undefined).map((name) => [name, input[name] || null])),
  ...(input.shipping === undefined ? {} : { shipping: input.shipping ? shipmentTo(input.shipping) : null }),
})

const checkAcceptance = ({ type, online }: Acceptance): void => {
  const param = 'mandate_data[customer_acceptance][online]'
  if (type === 'offline') return
  if (online?.ip_address === undefined) throw missingParam(`${param}[ip_address]`)
  if (online.user_agent === undefined) throw missingParam(`${param}[user_agent]`)
}

/** What is said of a mandate is checked, also where a card is charged, which needs none. */
export const checkMandate = (call: Call, { mandate, mandate_data }: MandateInput): void => {
  if (mandate !== undefined && call.world.store.byId(mandate)?.object !== 'mandate') {
    throw noSuch('mandate', mandate, { param: 'mandate' })
  }
  if (!mandate_data) return
  if (!mandate_data.customer_acceptance) throw missingParam('mandate_data[customer_acceptance]')
  checkAcceptance(mandate_data.customer_acceptance)
}

/** Sessions of Radar are made by Stripe.js in a browser that Stripe watches; none can be named here. */
export const refuseRadarSession = ({ radar_options }: Pick<IntentInput, 'radar_options'>): void => {
  if (radar_options?.session !== undefined) {
    throw noSuch('radar session', radar_options.session, { param: 'radar_options[session]' })
  }
}

/** Whoever confirms may say what they think it is over. */
export const checkConfirmedAmount = ({ amount }: PaymentIntent, { amount_to_confirm: asked }: IntentInput): void => {
  if (asked === undefined || asked === amount) return
  throw invalidRequest(`The amount_to_confirm (${asked}) is not the amount of the PaymentIntent (${amount}).`, {
    param: 'amount_to_confirm',
  })
}

export const needIntent = (call: Call): PaymentIntent =>
  call.world.need('payment_intent', idOf(call), { status: 404, param: 'intent' })

export const customerOf = (call: Call, id: string | undefined): string | null =>
  id === undefined || id === '' ? null : call.world.need('customer', id, { param: 'customer' }).id

/** The method that an intent is prepared with, checked to be the intent's to use. */
export const methodOf = (call: Call, input: IntentInput, customer: string | null): PaymentMethod | undefined => {
  const method = namedMethod(call, input)
  if (method) checkOwner(method, customer)
  return method
}

/** What can pay follows the currency, and when the money is taken. */
const methodsAfter = (call: Call, intent: PaymentIntent, input: IntentInput): Partial<PaymentIntent> => {
  const { capture_method = intent.capture_method } = input
  const currency = input.currency === undefined ? intent.currency : checkCurrency(input.currency)
  if (currency === intent.currency && capture_method === intent.capture_method) return {}
  return methodsOf(call.world, { ...intent, capture_method, currency })
}

/** What updating and confirming change alike. */
export const changesOf = (call: Call, intent: PaymentIntent, input: IntentInput): Partial<PaymentIntent> => {
  const methods = methodsAfter(call, intent, input)
  const { payment_method_options: options } = { ...intent, ...methods }
  return {
    ...textsOf(input),
    ...methods,
    ...(input.capture_method === undefined ? {} : { capture_method: input.capture_method }),
    ...(input.setup_future_usage === undefined ? {} : { setup_future_usage: input.setup_future_usage || null }),
    ...detailedAmount(call.world, { ...intent, amount: input.amount ?? intent.amount }, input.amount_details),
    payment_method_options: withCardOptions(options, input.payment_method_options),
  }
}

/** Cards show the account's own descriptor, with a suffix. */
export const refuseDescriptor = (descriptor: unknown): void => {
  if (!descriptor) return
  throw invalidRequest(
    "The `statement_descriptor` parameter isn't supported for `card` charges. Set the `statement_descriptor_suffix` parameter instead.",
    { param: 'statement_descriptor' },
  )
}
