import { invalidRequest } from './failure.ts'

/** The least that Stripe collects at once, in the smallest unit. */
const minimums: Readonly<Record<string, number>> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
}

export const minimumAmount = (currency: string): number => minimums[currency] ?? 1

/** The most that one payment can be over. */
export const maximumAmount = 99_999_999

/** What an invoice collects of what is owed: nothing when it is a credit, or too small or too large to charge. */
export const amountDue = (owed: number, currency: string): number =>
  owed >= minimumAmount(currency) && owed <= maximumAmount ? owed : 0

const known = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()))

/** The currency as Stripe writes it, or a refusal. */
export const checkCurrency = (currency: string, param = 'currency'): string => {
  const lower = currency.toLowerCase()
  if (!known.has(lower)) {
    throw invalidRequest(`Invalid currency: ${lower}. Stripe currently supports ISO 4217 currency codes.`, { param })
  }
  return lower
}
