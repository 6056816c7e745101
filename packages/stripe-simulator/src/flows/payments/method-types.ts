import { invalidRequest } from '../../domain/failure.ts'
import { type MethodType, offeredMethods } from '../../domain/offered-methods.ts'
import type { World } from '../../world.ts'

/** How a request narrows what it can be paid with. */
export interface MethodTypeInput {
  readonly allowed_payment_method_types?: readonly string[]
  readonly excluded_payment_method_types?: readonly string[]
}

export interface Offering extends MethodTypeInput {
  readonly capture_method?: string | undefined
  /** Undefined where nothing is paid yet. */
  readonly currency?: string | null | undefined
}

/** The methods on offer: those that are turned on, that suit the payment, and that are allowed and not excluded. */
export const offeredTypes = (world: World, offering: Offering): MethodType[] =>
  offeredMethods(world.settings.paymentMethods, {
    allowed: offering.allowed_payment_method_types,
    capturedLater: offering.capture_method === 'manual',
    currency: offering.currency,
    excluded: offering.excluded_payment_method_types,
  })

const noneParam = ({ allowed_payment_method_types: allowed, excluded_payment_method_types: excluded }: Offering) => {
  if (allowed) return { param: 'allowed_payment_method_types' }
  return excluded ? { param: 'excluded_payment_method_types' } : {}
}

/** What a request can be paid with, as it is kept on what the request makes. There has to be something. */
export const methodTypes = (world: World, offering: Offering, made: string) => {
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded } = offering
  const offered = offeredTypes(world, offering)
  if (offered.length === 0) {
    throw invalidRequest(
      `No valid payment method types for this ${made}. Please ensure that you have activated payment methods compatible with your chosen currency in your dashboard (https://dashboard.stripe.com/settings/payment_methods) or specify payment_method_types.`,
      noneParam(offering),
    )
  }
  return {
    ...(allowed ? { allowed_payment_method_types: allowed } : {}),
    ...(excluded ? { excluded_payment_method_types: excluded } : {}),
    payment_method_types: offered,
  }
}
