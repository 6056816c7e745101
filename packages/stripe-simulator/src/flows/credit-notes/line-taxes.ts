import { invalidRequest } from '../../domain/failure.ts'
import type { LineTax, TaxRate } from '../../domain/objects/tax.ts'
import { lineTax } from '../../domain/tax.ts'
import type { World } from '../../world.ts'
import type { CreditLineInput, TaxAmountInput } from './input.ts'

export const ratesOf = (world: World, input: CreditLineInput, param: string): TaxRate[] =>
  (input.tax_rates || []).map((id, index) => world.need('tax_rate', id, { param: `${param}[tax_rates][${index}]` }))

const given = (world: World, { amount, tax_rate, taxable_amount }: TaxAmountInput, param: string): LineTax => {
  const rate = world.need('tax_rate', tax_rate, { param: `${param}[tax_rate]` })
  if (rate.$automatic === true) return lineTax(rate, { amount, taxable: taxable_amount, reason: 'standard_rated' })
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
