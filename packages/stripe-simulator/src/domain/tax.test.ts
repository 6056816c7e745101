import { describe, expect, it } from 'vitest'
import { taxOn, taxRuleFor } from './tax.ts'

describe('tax', () => {
  it.each([
    { amount: 1000, percentage: 19, inclusive: false, tax: 190 },
    { amount: 1000, percentage: 8.1, inclusive: false, tax: 81 },
    { amount: 1190, percentage: 19, inclusive: true, tax: 190 },
    { amount: -1000, percentage: 19, inclusive: false, tax: -190 },
    { amount: 50, percentage: 25, inclusive: false, tax: 13 },
    { amount: 0, percentage: 19, inclusive: false, tax: 0 },
  ])('on $amount at $percentage percent, inclusive $inclusive, is $tax', ({ amount, percentage, inclusive, tax }) => {
    expect(taxOn(amount, percentage, inclusive)).toBe(tax)
  })

  it('is collected in known places only', () => {
    expect(taxRuleFor({ country: 'DE' })).toMatchObject({ percentage: 19, type: 'vat' })
    expect(taxRuleFor({ country: 'US', state: 'NY' })).toMatchObject({ percentage: 4, state: 'NY' })
    expect(taxRuleFor({ country: 'US' })).toBeUndefined()
    expect(taxRuleFor({})).toBeUndefined()
  })
})
