import type { Coupon, Price } from './objects/catalog.ts'

/** A price as it is in a currency, if it is sold in it. */
export const priceIn = (price: Price, currency: string): Price | undefined => {
  if (price.currency === currency) return price
  const option = price.$currencyOptions?.[currency]
  if (!option) return undefined
  const { tiers, ...terms } = option
  return { ...price, ...terms, currency, ...(tiers ? { $tiers: tiers } : {}) }
}

/** A coupon as it is in a currency: a percentage in any, an amount in those that it names. */
export const couponIn = (coupon: Coupon, currency: string): Coupon | undefined => {
  if (coupon.amount_off === null || coupon.currency === currency) return coupon
  const option = coupon.$currencyOptions?.[currency]
  return option && { ...coupon, amount_off: option.amount_off, currency }
}
