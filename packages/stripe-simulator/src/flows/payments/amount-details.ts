import {
  type AmountDetailsInput,
  arithmeticError,
  checkDetails,
  type LineItemInput,
} from '../../domain/amount-details.ts'
import { invalidRequest } from '../../domain/failure.ts'
import type { AmountDetails, AmountLineItem, PaymentIntent } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'

/** What an intent remembers of its amount. */
export type Detailed = Pick<PaymentIntent, 'amount_details'> & Partial<Pick<PaymentIntent, '$lineItems'>>

const lineItem = (world: World, input: LineItemInput): AmountLineItem => ({
  id: world.ids.next('payment_intent_amount_details_line_item'),
  object: 'payment_intent_amount_details_line_item',
  discount_amount: input.discount_amount ?? null,
  payment_method_options: input.payment_method_options ?? null,
  product_code: input.product_code ?? null,
  product_name: input.product_name,
  quantity: input.quantity,
  tax: input.tax ?? null,
  unit_cost: input.unit_cost,
  unit_of_measure: input.unit_of_measure ?? null,
})

const shippingOf = ({ shipping }: AmountDetailsInput): Partial<AmountDetails> => {
  if (!shipping) return {}
  const { amount, from_postal_code = null, to_postal_code = null } = shipping
  return { shipping: { amount: amount || null, from_postal_code, to_postal_code } }
}

const without = (details: AmountDetails, input: AmountDetailsInput): AmountDetails => {
  const kept = Object.entries(details).filter(([name]) => name !== 'error' && !(name in input))
  return Object.fromEntries(kept) as unknown as AmountDetails
}

const merged = (details: AmountDetails, input: AmountDetailsInput): AmountDetails => ({
  ...without(details, input),
  ...(input.discount_amount ? { discount_amount: input.discount_amount } : {}),
  ...(input.tax ? { tax: input.tax } : {}),
  ...shippingOf(input),
})

const linesOf = (world: World, old: Detailed, { line_items }: AmountDetailsInput): readonly AmountLineItem[] => {
  if (line_items === undefined) return old.$lineItems ?? []
  return (line_items || []).map((each) => lineItem(world, each))
}

/** Details that do not come to the amount are refused, unless the seller wants only to be told. */
const checked = (amount: number, detailed: Detailed, enforced: boolean): Detailed => {
  const { amount_details, $lineItems = [] } = detailed
  const error = arithmeticError(amount, amount_details, $lineItems)
  if (!error) return detailed
  if (enforced) throw invalidRequest(error.message ?? '', { code: error.code ?? '', param: 'amount_details' })
  return { ...detailed, amount_details: { ...amount_details, error } }
}

/** What is said of an amount, new and old; an empty text unsays it all. */
export const detailedAmount = (
  world: World,
  intent: Detailed & { readonly amount: number },
  input: AmountDetailsInput | '' | undefined,
): Partial<Detailed> => {
  if (input === '') return { amount_details: { tip: {} }, $lineItems: [] }
  const { amount, amount_details, $lineItems = [] } = intent
  const enforced = input?.enforce_arithmetic_validation ?? amount_details.error === undefined
  if (input === undefined) return checked(amount, { amount_details, $lineItems }, enforced)
  checkDetails(input)
  const details = { amount_details: merged(amount_details, input), $lineItems: linesOf(world, intent, input) }
  return checked(amount, details, enforced)
}
