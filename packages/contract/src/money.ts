/** Three lower-case letters of ISO 4217, as the payment provider spells it: `'usd'`, `'jpy'`. */
export type Currency = string

/** An amount of money in the currency's minor units, an integer: `500` is $5.00, ¥500, or 0.500 KWD. */
export type MinorAmount = number

/**
 * Money as it crosses the wire. `divisor` turns `amountMinor` into major units (100 for dollars, 1 for yen, 1000 for
 * dinars): it is the provider's, which differs from `Intl`'s digits for a dozen currencies. `formatted` is for people.
 *
 * @example { amountMinor: 500, currency: 'usd', divisor: 100, formatted: '$5.00' }
 */
export type Money = {
  amountMinor: MinorAmount
  currency: Currency
  divisor: 1 | 100 | 1000
  formatted: string
}

/** An instant: ISO 8601 in UTC, `'2026-11-21T07:00:00.000Z'`. */
export type Timestamp = string
