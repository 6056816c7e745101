import { invalidRequest } from '../../domain/failure.ts'
import type { LineTax, TaxRate } from '../../domain/objects/tax.ts'
import { taxOn } from '../../domain/tax.ts'
import type { World } from '../../world.ts'
import type { CreditLineInput, TaxAmountInput } from './input.ts'

export const ratesOf = (world: World, input: CreditLineInput, param: string): TaxRate[] =>
  (input.tax_rates || []).map((id, index) => world.need('tax_rate', id, { param: `${param}[tax_rates][${index}]` }))

const taxOf = (rate: TaxRate, amount: number, taxable: number): LineTax => ({
  amount,
  tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
  tax_rate_details: { tax_rate: rate.id },
  taxability_reason: 'standard_rated',
  taxable_amount: taxable,
  type: 'tax_rate_details',
})

/** The taxes that rates make of an amount. */
export const taxesBy = (rates: readonly TaxRate[], amount: number): LineTax[] =>
  rates.map((rate) => {
    const tax = taxOn(amount, rate.percentage, rate.inclusive)
    return taxOf(rate, tax, rate.inclusive ? amount - tax : amount)
  })

const given = (world: World, { amount, tax_rate, taxable_amount }: TaxAmountInput, param: string): LineTax => {
  const rate = world.need('tax_rate', tax_rate, { param: `${param}[tax_rate]` })
  if (rate.$automatic === true) return taxOf(rate, amount, taxable_amount)
  throw invalidRequest('The tax rate of a tax amount must have been created by Stripe automatically.', {
    param: `${param}[tax_rate]`,
  })
}

/** The taxes that a request states outright, if it does. */
export const statedTaxes = (world: World, input: CreditLineInput, param: string): LineTax[] | undefined => {
  if (input.tax_amounts === undefined) return undefined
  if (input.tax_rates !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: tax_amounts, tax_rates.', {
      param: `${param}[tax_amounts]`,
    })
  }
  return (input.tax_amounts || []).map((each, index) => given(world, each, `${param}[tax_amounts][${index}]`))
}
