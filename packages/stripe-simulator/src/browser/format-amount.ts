const withoutDecimals = new Set([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA'],
  ...['PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'],
])
const withThreeDecimals = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND'])

const decimalsOf = (currency: string): number => {
  if (withoutDecimals.has(currency)) return 0
  return withThreeDecimals.has(currency) ? 3 : 2
}

/** How many minor units are one of a currency. */
export const divisorOf = (currency: string): number => 10 ** decimalsOf(currency.toUpperCase())

/**
 * An amount in Stripe's minor units, to be read: `formatAmount(79000, 'usd', 'en')` is `$790.00`. Stripe's own table
 * of decimals decides, not the one of `Intl`: they differ on more than a dozen currencies.
 */
export const formatAmount = (amountMinor: number, currency: string, locale: string): string => {
  const code = currency.toUpperCase()
  const decimals = decimalsOf(code)
  const digits = String(Math.abs(amountMinor)).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const exact = `${amountMinor < 0 ? '-' : ''}${whole}.${digits.slice(digits.length - decimals)}0` as `${number}`
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: code,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(exact)
}
