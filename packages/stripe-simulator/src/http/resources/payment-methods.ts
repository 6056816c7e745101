import { invalidRequest, noSuch, StripeFailure } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { BillingDetails } from '../../domain/objects/base.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { AllowRedisplay } from '../../domain/objects/customer-session.ts'
import {
  attachPaymentMethod,
  createPaymentMethod,
  detachPaymentMethod,
  findPaymentMethod,
  type MethodFields,
  preferring,
} from '../../flows/payments/payment-methods.ts'
import { matches, newestFirst, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface MethodUpdate {
  readonly allow_redisplay?: AllowRedisplay
  readonly billing_details?: Partial<BillingDetails>
  readonly card?: {
    readonly exp_month?: number
    readonly exp_year?: number
    readonly networks?: { readonly preferred?: string }
  }
  readonly metadata?: MetadataInput
}

const cardFields = [
  'card.number',
  'card.exp_month',
  'card.exp_year',
  'card.cvc',
  'card.networks',
  'card.token',
] as const

/** Raw card numbers come from Stripe.js only. */
export const refuseRawCard = (call: Call, method: MethodFields): void => {
  if (call.publishable || method.card?.number === undefined) return
  throw new StripeFailure(402, {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'unsupported_card_data',
    message:
      'Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens that map to the test card you are using, see https://stripe.com/docs/testing.',
  })
}

const createMethod = (call: Call, input: MethodFields): PaymentMethod => {
  refuseRawCard(call, input)
  if (input.type === undefined) {
    throw invalidRequest('Missing required param: type.', { code: 'parameter_missing', param: 'type' })
  }
  return createPaymentMethod(call.world, input)
}

const found = (call: Call): PaymentMethod => findPaymentMethod(call.world, idOf(call), 404)

const updateMethod = (call: Call, input: MethodUpdate): PaymentMethod => {
  const method = found(call)
  if (method.customer === null) {
    throw invalidRequest('You must save this PaymentMethod to a customer before you can update it.')
  }
  const { networks, ...dates } = input.card ?? {}
  const changes = {
    allow_redisplay: input.allow_redisplay ?? method.allow_redisplay,
    billing_details: { ...method.billing_details, ...input.billing_details },
    card: preferring({ ...method.card, ...dates }, networks?.preferred),
    metadata: mergeMetadata(method.metadata, input.metadata),
  }
  return call.world.update(method, changes, 'payment_method.updated')
}

const attachRoute = route<{ customer?: string }>(['customer'], (call, { customer }) => {
  if (customer === undefined) {
    throw invalidRequest('Missing required param: customer.', { code: 'parameter_missing', param: 'customer' })
  }
  return attachPaymentMethod(call.world, found(call), customer)
})

interface MethodList {
  readonly allow_redisplay?: PaymentMethod['allow_redisplay']
  readonly customer?: string
  readonly type?: string
}

const listParams = [...pageParams, 'allow_redisplay', 'customer', 'type']

export const paymentMethodRoutes: Routes = {
  'POST /v1/payment_methods': route<MethodFields>(
    ['type', 'allow_redisplay', 'billing_details', 'metadata', ...cardFields],
    createMethod,
  ),
  'GET /v1/payment_methods/{id}': route([], found),
  'POST /v1/payment_methods/{id}': route<MethodUpdate>(
    ['allow_redisplay', 'billing_details', 'metadata', 'card.exp_month', 'card.exp_year', 'card.networks'],
    updateMethod,
  ),
  'POST /v1/payment_methods/{id}/attach': attachRoute,
  'POST /v1/payment_methods/{id}/detach': route([], (call) => detachPaymentMethod(call.world, found(call))),
  'GET /v1/payment_methods': route<MethodList>(listParams, (call, { allow_redisplay, customer, type }) => {
    if (customer !== undefined && !call.world.store.get('customer', customer)) {
      throw noSuch('customer', customer, { param: 'customer' })
    }
    const saved = call.world.store.all('payment_method').filter((method) => method.customer !== null)
    return newestFirst(
      call,
      saved.filter((method) => matches(method, { allow_redisplay, customer, type })),
    )
  }),
}
