import type { LineTax, TaxRate } from '../../domain/objects/tax.ts'
import { lineTax, taxOn } from '../../domain/tax.ts'
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

/** The taxes on an amount by rates that somebody chose. Exclusive ones come on top of what inclusive ones leave. */
export const taxesByRates = (amount: number, rates: readonly TaxRate[], place: TaxPlace): LineTax[] => {
  const exempted = exemption(place)
  if (exempted !== undefined)
    return rates.map((rate) => lineTax(rate, { amount: 0, taxable: amount, reason: exempted }))
  const inclusive = rates.filter((rate) => rate.inclusive)
  const parts = within(amount, inclusive)
  const taxable = amount - parts.reduce((sum, part) => sum + part, 0)
  const taxOf = (rate: TaxRate): number =>
    rate.inclusive ? (parts[inclusive.indexOf(rate)] ?? 0) : taxOn(taxable, rate.percentage, false)
  return rates.map((rate) => lineTax(rate, { amount: taxOf(rate), taxable, reason: 'not_available' }))
}
