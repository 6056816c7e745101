import type { ConfirmationToken, PaymentMethod, StripeError } from '@stripe/stripe-js'
import type { StripeBackend, TokenRequest } from './backend.ts'
import { type ConfirmParams, withDetails } from './confirm/confirm-intent.ts'
import type { GroupParts } from './elements-group.ts'
import { IntegrationError } from './integration-error.ts'

export interface TokenInput {
  readonly group?: GroupParts | undefined
  readonly params?: Pick<ConfirmParams, 'payment_method_data' | 'return_url'> & {
    readonly billing_details?: NonNullable<ConfirmParams['payment_method_data']>['billing_details']
  }
}

const requireGroup = ({ group }: TokenInput): GroupParts => {
  if (group) return group
  throw new IntegrationError('The simulated Stripe.js takes cards from a Payment Element: hand in its elements.')
}

const tokenRequest = (input: TokenInput): TokenRequest | { readonly error: StripeError } => {
  const group = requireGroup(input)
  const collected = group.collect()
  if ('error' in collected) return collected
  const { setupFutureUsage } = group.options()
  const details = input.params?.payment_method_data?.billing_details ?? input.params?.billing_details
  return {
    ...('method' in collected ? { method: withDetails(collected.method, details) } : collected),
    ...(input.params?.return_url === undefined ? {} : { returnUrl: input.params.return_url }),
    ...(setupFutureUsage ? { setupFutureUsage } : {}),
  }
}

/** The card as a token that a server may confirm an intent with, once. */
export const createConfirmationToken = async (
  backend: StripeBackend,
  input: TokenInput,
): Promise<{ confirmationToken: ConfirmationToken } | { error: StripeError }> => {
  const request = tokenRequest(input)
  if ('error' in request) return request
  const { value, error } = await backend.createConfirmationToken(request)
  input.group?.settle(error)
  return error ? { error } : { confirmationToken: value }
}

/** The card as a payment method, for groups that say so from the start. */
export const createPaymentMethod = async (
  backend: StripeBackend,
  input: TokenInput,
): Promise<{ paymentMethod: PaymentMethod } | { error: StripeError }> => {
  if (requireGroup(input).options().paymentMethodCreation !== 'manual') {
    throw new IntegrationError("createPaymentMethod needs elements made with paymentMethodCreation: 'manual'.")
  }
  const request = tokenRequest(input)
  if ('error' in request) return request
  if (!request.method) throw new IntegrationError('createPaymentMethod makes new methods: a saved one has its id.')
  const { value, error } = await backend.createPaymentMethod(request.method)
  input.group?.settle(error)
  return error ? { error } : { paymentMethod: value }
}
