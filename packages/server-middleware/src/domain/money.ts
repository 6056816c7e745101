import type { Currency, MinorAmount, Money } from '@paywright/contract'

/** Currencies without minor units at the provider; all others but `thousandths` are hundredths. */
const whole = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '))
const thousandths = new Set('bhd jod kwd omr tnd'.split(' '))

/** How many minor units make a major one: the provider's count, which `Intl` doesn't always share (UGX, ISK, HUF). */
export const divisorOf = (currency: Currency): Money['divisor'] => {
  if (whole.has(currency)) return 1
  return thousandths.has(currency) ? 1000 : 100
}

const digits = { 1: 0, 100: 2, 1000: 3 } as const

export type MoneyInput = { amountMinor: MinorAmount; currency: Currency; locale: string }

/**
 * Money for people and for machines, with every minor unit: `$29.00`. Leaving zeros out is for who shows a price tag.
 */
export const toMoney = ({ amountMinor, currency, locale }: MoneyInput): Money => {
  const divisor = divisorOf(currency)
  const formatter = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits[divisor],
    maximumFractionDigits: digits[divisor],
  })
  return { amountMinor, currency, divisor, formatted: formatter.format(amountMinor / divisor) }
}

/** The least amount the provider takes, by currency; null where it is not known here. */
export const minimumOf = (currency: Currency): MinorAmount | null => minimums[currency] ?? null

const minimums: Readonly<Record<Currency, MinorAmount>> = {
  usd: 50,
  eur: 50,
  gbp: 30,
  aud: 50,
  cad: 50,
  chf: 50,
  jpy: 50,
  nzd: 50,
  sgd: 50,
  brl: 50,
  inr: 50,
  dkk: 250,
  nok: 300,
  sek: 300,
  huf: 17500,
  mxn: 1000,
  pln: 200,
  czk: 1500,
  hkd: 400,
  myr: 200,
  thb: 1000,
}
