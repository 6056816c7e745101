import { invalidRequest } from '../../domain/failure.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { CardOptions, PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'

export interface CardOptionsInput {
  readonly card?: Readonly<Record<string, unknown>>
}

const initial: CardOptions = {
  installments: null,
  mandate_options: null,
  network: null,
  request_three_d_secure: 'automatic',
}

/** What a seller wants of cards, new and old; an empty text unsays an option. */
export const withCardOptions = (
  old: { readonly card: CardOptions } | undefined,
  input: CardOptionsInput | undefined,
): { readonly card: CardOptions } => {
  const before = old?.card ?? initial
  if (input?.card === undefined) return { card: before }
  const merged = Object.entries({ ...before, ...input.card }).filter(([, value]) => value !== '')
  return { card: Object.fromEntries(merged) as unknown as CardOptions }
}

/** A card can only be charged over a network that it belongs to. */
export const checkNetwork = (intent: PaymentIntent | SetupIntent, method: PaymentMethod): void => {
  const { network } = intent.payment_method_options.card
  const { available } = method.card.networks
  if (network === null || network === undefined || available.includes(network)) return
  throw invalidRequest(`The network ${network} is not available for this card. Available: ${available.join(', ')}.`, {
    param: 'payment_method_options[card][network]',
  })
}

/** The options that have an effect here. */
export const cardOptionParams = [
  'payment_method_options.card.network',
  'payment_method_options.card.request_three_d_secure',
] as const

export const paymentCardOptionParams = [
  ...cardOptionParams,
  'payment_method_options.card.capture_method',
  'payment_method_options.card.request_extended_authorization',
  'payment_method_options.card.request_incremental_authorization',
  'payment_method_options.card.request_multicapture',
  'payment_method_options.card.request_overcapture',
  'payment_method_options.card.setup_future_usage',
] as const
