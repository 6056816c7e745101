import { invalidRequest } from '../../domain/failure.ts'
import type { ConfirmationToken } from '../../domain/objects/account.ts'
import type { StripeObject } from '../../domain/objects/base.ts'
import { createPaymentMethod, findPaymentMethod, type MethodFields } from '../../flows/payments/payment-methods.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface TokenInput {
  readonly payment_method?: string
  readonly payment_method_data?: MethodFields
  readonly return_url?: string
  readonly setup_future_usage?: 'off_session' | 'on_session'
}

const methodOf = (call: Call, input: TokenInput) => {
  if (input.payment_method !== undefined) return findPaymentMethod(call.world, input.payment_method)
  if (input.payment_method_data) return createPaymentMethod(call.world, input.payment_method_data)
  throw invalidRequest('Missing required param: payment_method_data.', {
    code: 'parameter_missing',
    param: 'payment_method_data',
  })
}

const create = (call: Call, input: TokenInput): ConfirmationToken => {
  const method = methodOf(call, input)
  const { type, billing_details, customer } = method
  return call.world.insert('confirmation_token', {
    expires_at: call.world.now() + 12 * 3600,
    mandate_data: null,
    payment_method_preview: {
      type,
      [type]: (method as StripeObject)[type],
      billing_details,
      customer,
      customer_account: null,
    },
    return_url: input.return_url ?? null,
    setup_future_usage: input.setup_future_usage ?? null,
    use_stripe_sdk: true,
    $paymentMethod: method.id,
  })
}

const params = ['payment_method', 'payment_method_data', 'return_url', 'setup_future_usage'] as const

export const confirmationTokenRoutes: Routes = {
  'POST /v1/confirmation_tokens': route<TokenInput>(params, create),
  'POST /v1/test_helpers/confirmation_tokens': route<TokenInput>(params, create),
  'GET /v1/confirmation_tokens/{id}': route([], (call) =>
    call.world.need('confirmation_token', idOf(call), { status: 404, param: 'confirmation_token' }),
  ),
}
