import { invalidRequest } from '../../domain/failure.ts'

/** How a request narrows what it can be paid with. */
export interface MethodTypeInput {
  readonly allowed_payment_method_types?: readonly string[]
  readonly excluded_payment_method_types?: readonly string[]
}

/** What the simulated account has turned on. */
const active = ['card'] as const

/** The methods on offer: those that are turned on, as far as they are allowed and not excluded. */
export const methodTypes = (input: MethodTypeInput, made: string) => {
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded } = input
  const offered = active.filter((type) => (allowed?.includes(type) ?? true) && excluded?.includes(type) !== true)
  if (offered.length === 0) {
    throw invalidRequest(
      `No valid payment method types for this ${made}. Please ensure that you have activated payment methods compatible with your chosen currency in your dashboard (https://dashboard.stripe.com/settings/payment_methods) or specify payment_method_types.`,
      { param: allowed ? 'allowed_payment_method_types' : 'excluded_payment_method_types' },
    )
  }
  return {
    ...(allowed ? { allowed_payment_method_types: allowed } : {}),
    ...(excluded ? { excluded_payment_method_types: excluded } : {}),
    payment_method_types: offered,
  }
}
