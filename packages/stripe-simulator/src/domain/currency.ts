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

/** The most: eight digits, for the rupiah twelve. */
export const maximumAmount = (currency: string): number => (currency === 'idr' ? 999_999_999_999 : 99_999_999)

/** What an invoice collects of what is owed: nothing when it is a credit, or too small or too large to charge. */
export const amountDue = (owed: number, currency: string): number =>
  owed >= minimumAmount(currency) && owed <= maximumAmount(currency) ? owed : 0

const listOf = (codes: string): ReadonlySet<string> => new Set(codes.trim().split(/\s+/))

/** What Stripe takes payments in. */
const supported = listOf(`
  usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp
  cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl hrk htg huf idr ils inr
  isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr
  mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd
  std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xcg xof xpf yer zar zmw usdc btn ghs eek
  lvl svc vef ltl sll mro`)

const withoutDecimals = listOf('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf')
const withThreeDecimals = listOf('bhd jod kwd omr tnd')

/** Written with two decimals for old times’ sake, although there are none. */
const withIdleDecimals = listOf('isk ugx')

/** How many decimals an amount of a currency has, in Stripe's own table. */
export const decimalsOf = (currency: string): number => {
  if (withoutDecimals.has(currency)) return 0
  return withThreeDecimals.has(currency) ? 3 : 2
}

const stepOf = (currency: string): number => {
  if (withIdleDecimals.has(currency)) return 100
  return withThreeDecimals.has(currency) ? 10 : 1
}

/** Whether cards can pay an amount: the last digits of some currencies must be zero. */
export const isPayable = (amount: number, currency: string): boolean => amount % stepOf(currency) === 0

/** An amount as people read it: `12.30`, `1230`. */
export const inUnits = (amount: number, currency: string): number => amount / 10 ** decimalsOf(currency)

/** The currency as Stripe writes it, or a refusal. */
export const checkCurrency = (currency: string, param = 'currency'): string => {
  const lower = currency.toLowerCase()
  if (!supported.has(lower)) {
    const all = [...supported].join(', ')
    throw invalidRequest(`Invalid currency: ${lower}. Stripe currently supports these currencies: ${all}`, { param })
  }
  return lower
}
