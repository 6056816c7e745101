import type { LineTax, TaxRate } from '../../domain/objects/tax.ts'
import { taxOn } from '../../domain/tax.ts'
import { exemption, type TaxPlace } from './rates.ts'

const percentageOf = (rates: readonly TaxRate[]): number => rates.reduce((sum, { percentage }) => sum + percentage, 0)

/** What each of several rates has of a gross amount: together they leave the net one. */
const within = (gross: number, rates: readonly TaxRate[]): number[] => {
  const together = percentageOf(rates)
  const tax = taxOn(gross, together, true)
  const shares = rates.map(({ percentage }) => (together === 0 ? 0 : Math.round((tax * percentage) / together)))
  const rest = tax - shares.slice(0, -1).reduce((sum, share) => sum + share, 0)
  return shares.map((share, index) => (index === shares.length - 1 ? rest : share))
}

const taxOf = (rate: TaxRate, amount: number, taxable: number): LineTax => ({
  amount,
  tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
  tax_rate_details: { tax_rate: rate.id },
  taxability_reason: 'not_available',
  taxable_amount: taxable,
  type: 'tax_rate_details',
})

/** The taxes on an amount by rates that somebody chose. Exclusive ones come on top of what inclusive ones leave. */
export const taxesByRates = (amount: number, rates: readonly TaxRate[], place: TaxPlace): LineTax[] => {
  const reason = exemption(place)
  if (reason !== undefined) return rates.map((rate) => ({ ...taxOf(rate, 0, amount), taxability_reason: reason }))
  const inclusive = rates.filter((rate) => rate.inclusive)
  const parts = within(amount, inclusive)
  const net = amount - parts.reduce((sum, part) => sum + part, 0)
  return rates.map((rate) =>
    taxOf(rate, rate.inclusive ? (parts[inclusive.indexOf(rate)] ?? 0) : taxOn(net, rate.percentage, false), net),
  )
}
