import type { Refusal } from '../../domain/card.ts'
import { checkCurrency } from '../../domain/currency.ts'
import { invalidRequest, missingParam, StripeFailure } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { CardMethod } from '../../domain/objects/customer.ts'
import type { Charge, PaymentIntent } from '../../domain/objects/payment.ts'
import { type ShippingInput, shipmentTo } from '../../domain/shipping.ts'
import type { World } from '../../world.ts'
import { noTerms, refuseDisabled } from '../connect/terms.ts'
import { verdictOn } from './attempt.ts'
import { withCardOptions } from './card-options.ts'
import { failedCharge, settleCharge, succeededCharge } from './charges.ts'
import { checkPayable } from './intents.ts'
import { createPaymentMethod } from './payment-methods.ts'

export interface ChargeInput {
  readonly amount?: number
  readonly capture?: boolean
  readonly currency?: string
  readonly customer?: string
  readonly description?: string
  readonly metadata?: MetadataInput
  readonly receipt_email?: string
  readonly shipping?: ShippingInput
  readonly source?: string
  readonly statement_descriptor?: string
  readonly statement_descriptor_suffix?: string
}

const missing = (message: string, status: number, type: 'card_error' | 'invalid_request_error'): StripeFailure =>
  new StripeFailure(status, { type, code: 'missing', message, param: type === 'card_error' ? 'card' : 'source' })

/** What a token stands for. Customers have no sources here: they are charged by payment intents. */
const cardFor = (world: World, { customer, source }: ChargeInput): CardMethod => {
  if (customer === undefined && source === undefined) throw invalidRequest('Must provide source or customer.')
  if (customer !== undefined) {
    world.need('customer', customer, { param: 'customer' })
    if (source === undefined) throw missing('Cannot charge a customer that has no active card', 402, 'card_error')
    throw missing(`Customer ${customer} does not have a linked source with ID ${source}.`, 400, 'invalid_request_error')
  }
  const { id, ...made } = createPaymentMethod(world, { type: 'card', card: { token: source ?? '' } })
  world.store.remove(id)
  return world.insert('payment_method', { ...made, id: world.ids.next('card'), $spent: true }) as CardMethod
}

const brands: Readonly<Record<string, string>> = { amex: 'American Express', mastercard: 'MasterCard', visa: 'Visa' }

/** A card in the form that it had before there were payment methods. */
const sourceOf = ({ id, card, billing_details }: CardMethod): Readonly<Record<string, unknown>> => ({
  id,
  object: 'card',
  address_city: null,
  address_country: null,
  address_line1: null,
  address_line1_check: null,
  address_line2: null,
  address_state: null,
  address_zip: null,
  address_zip_check: null,
  brand: brands[card.brand] ?? card.brand,
  country: card.country,
  customer: null,
  cvc_check: 'pass',
  dynamic_last4: null,
  exp_month: card.exp_month,
  exp_year: card.exp_year,
  fingerprint: card.fingerprint,
  funding: 'credit',
  last4: card.last4,
  metadata: {},
  name: billing_details.name,
  regulated_status: 'unregulated',
  tokenization_method: null,
})

/** On a card, a descriptor is taken as a suffix. */
const suffixOf = ({ statement_descriptor: whole, statement_descriptor_suffix: suffix }: ChargeInput): string | null =>
  suffix ?? whole ?? null

/** What a charge is asked for: as an intent would, but there is none. */
const orderOf = (world: World, input: ChargeInput, card: CardMethod): PaymentIntent => {
  const fields = {
    ...noTerms,
    amount: input.amount,
    capture_method: input.capture === false ? 'manual' : 'automatic',
    currency: checkCurrency(input.currency ?? ''),
    description: input.description ?? null,
    id: null,
    metadata: mergeMetadata({}, input.metadata),
    payment_method_options: withCardOptions(undefined, undefined),
    receipt_email: input.receipt_email ?? null,
    shipping: input.shipping ? shipmentTo(input.shipping) : null,
    source: sourceOf(card),
    statement_descriptor_suffix: suffixOf(input),
  }
  return { ...world.blank('payment_intent'), ...fields } as unknown as PaymentIntent
}

const declined = (charge: string, { code, declineCode, message }: Refusal): StripeFailure =>
  new StripeFailure(402, {
    type: 'card_error',
    code,
    ...(declineCode === undefined ? {} : { decline_code: declineCode }),
    message,
    charge,
  })

/** Charges a card outright. Nobody can be asked for anything: a card that wants to is declined. */
export const createCharge = (world: World, input: ChargeInput): Charge => {
  if (input.amount === undefined) throw missingParam('amount')
  if (input.currency === undefined) throw missingParam('currency')
  checkPayable(input.amount, checkCurrency(input.currency))
  refuseDisabled(world)
  const method = cardFor(world, input)
  const intent = orderOf(world, input, method)
  const verdict = verdictOn(world, intent, { method, errorOnRequiresAction: true })
  if (verdict.kind === 'decline') {
    const { refusal } = verdict
    throw declined(failedCharge(world, { intent, method, refusal }).id, refusal)
  }
  const charge = succeededCharge(world, intent, method)
  settleCharge(world, charge.id)
  return world.need('charge', charge.id)
}
