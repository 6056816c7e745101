import type { Currency, MinorAmount, Money } from '@paywright/contract'

const divisors: Record<Currency, Money['divisor']> = { jpy: 1, krw: 1, kwd: 1000 }

/** Money as the server would write it. Knows the divisors of dollars and their like, yen, won and dinars. */
export const fakeMoney = (amountMinor: MinorAmount, currency: Currency = 'usd', locale = 'en'): Money => {
  const divisor = divisors[currency] ?? 100
  const digits = Math.log10(divisor)
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return { amountMinor, currency, divisor, formatted: format.format(amountMinor / divisor) }
}
