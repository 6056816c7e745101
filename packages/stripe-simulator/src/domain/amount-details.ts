import { invalidRequest } from './failure.ts'
import type { AmountDetails } from './objects/payment.ts'

export interface LineItemInput {
  readonly discount_amount?: number
  readonly payment_method_options?: object
  readonly product_code?: string
  readonly product_name: string
  readonly quantity: number
  readonly tax?: { readonly total_tax_amount: number }
  readonly unit_cost: number
  readonly unit_of_measure?: string
}

export interface AmountDetailsInput {
  readonly discount_amount?: number | ''
  readonly enforce_arithmetic_validation?: boolean
  readonly line_items?: readonly LineItemInput[] | ''
  readonly shipping?:
    | { readonly amount?: number | ''; readonly from_postal_code?: string; readonly to_postal_code?: string }
    | ''
  readonly tax?: { readonly total_tax_amount: number } | ''
}

interface Sums {
  readonly items: number | undefined
  readonly tax: number
  readonly shipping: number
  readonly discount: number
}

type Line = Pick<LineItemInput, 'quantity' | 'unit_cost'> & {
  readonly discount_amount?: number | null
  readonly tax?: { readonly total_tax_amount: number } | null
}

const worthOf = ({ quantity, unit_cost, discount_amount, tax }: Line): number =>
  quantity * unit_cost - (discount_amount ?? 0) + (tax?.total_tax_amount ?? 0)

const sumsOf = (details: AmountDetails, lines: readonly Line[]): Sums => ({
  items: lines.length === 0 ? undefined : lines.reduce((sum, line) => sum + worthOf(line), 0),
  tax: details.tax?.total_tax_amount ?? 0,
  shipping: details.shipping?.amount ?? 0,
  discount: details.discount_amount ?? 0,
})

type Trouble = NonNullable<AmountDetails['error']>

/** Whether what is said of an amount comes to it. */
export const arithmeticError = (
  amount: number,
  details: AmountDetails,
  lines: readonly Line[],
): Trouble | undefined => {
  const { items, tax, shipping, discount } = sumsOf(details, lines)
  if (items === undefined) {
    if (tax + shipping <= amount) return undefined
    return {
      code: 'amount_details_tax_shipping_discount_greater_than_amount',
      message: `The tax, shipping and discount of the amount_details (${tax + shipping - discount}) are greater than the amount (${amount}).`,
    }
  }
  const total = items + tax + shipping - discount
  if (total === amount) return undefined
  return {
    code: 'amount_details_amount_mismatch',
    message: `The amount_details come to ${total}, which is not the amount (${amount}).`,
  }
}

const exclusive = (whole: boolean, part: boolean, name: string): void => {
  if (!whole || !part) return
  throw invalidRequest(`You can give the ${name} of the whole amount or of its line items, not of both.`, {
    param: `amount_details[${name}]`,
  })
}

const maximumLines = 200

/** What Stripe refuses whatever the amount. */
export const checkDetails = ({ discount_amount, line_items, tax }: AmountDetailsInput): void => {
  const lines = line_items || []
  if (lines.length > maximumLines) {
    throw invalidRequest(`There can be up to ${maximumLines} line items.`, { param: 'amount_details[line_items]' })
  }
  if (discount_amount !== undefined && discount_amount !== '' && discount_amount <= 0) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param: 'amount_details[discount_amount]',
    })
  }
  const discounted = lines.some((line) => line.discount_amount !== undefined)
  exclusive(Boolean(discount_amount), discounted, 'discount_amount')
  exclusive(
    Boolean(tax),
    lines.some((line) => line.tax !== undefined),
    'tax',
  )
}
