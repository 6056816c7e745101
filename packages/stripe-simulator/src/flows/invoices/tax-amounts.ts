import type { LineTaxTerms } from '../../domain/objects/invoice.ts'
import type { TaxRate } from '../../domain/objects/tax.ts'
import type { World } from '../../world.ts'

interface RateInput {
  readonly display_name: string
  readonly inclusive: boolean
  readonly percentage: number
  readonly [field: string]: unknown
}

/** Tax that somebody else worked out. */
export interface TaxAmountInput {
  readonly amount: number
  readonly tax_rate_data: RateInput
  readonly taxability_reason?: string
  readonly taxable_amount: number
}

const agrees = (rate: TaxRate, input: RateInput): boolean =>
  rate.$ofAmounts === true && Object.entries(input).every(([name, value]) => rate[name] === value)

/** The rate that was made for the same words before, or a new one: archived at once. */
const rateFor = (world: World, input: RateInput): TaxRate =>
  world.store.all('tax_rate').find((rate) => agrees(rate, input)) ??
  world.insert('tax_rate', {
    active: false,
    effective_percentage: input.percentage,
    metadata: {},
    rate_type: 'percentage',
    ...input,
    $ofAmounts: true,
  })

export const lineTaxTerms = (world: World, amounts: readonly TaxAmountInput[] | ''): LineTaxTerms =>
  amounts === ''
    ? {}
    : {
        amounts: amounts.map((input) => ({
          amount: input.amount,
          tax_behavior: input.tax_rate_data.inclusive ? 'inclusive' : 'exclusive',
          tax_rate_details: { tax_rate: rateFor(world, input.tax_rate_data).id },
          taxability_reason: input.taxability_reason ?? 'not_available',
          taxable_amount: input.taxable_amount,
          type: 'tax_rate_details',
        })),
      }
