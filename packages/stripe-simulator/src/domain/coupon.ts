import { couponIn } from './currency-options.ts'
import type { Coupon, PromotionCode } from './objects/catalog.ts'
import { boundary } from './period.ts'

/** Whether a coupon can still be redeemed. */
export const isRedeemable = (coupon: Coupon, now: number): boolean =>
  (coupon.redeem_by === null || coupon.redeem_by > now) &&
  (coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions)

export interface Purchase {
  readonly now: number
  readonly amount: number
  readonly currency: string
  readonly customer: string | null
  /** The customer has paid before. */
  readonly returning: boolean
}

const used = (code: PromotionCode): boolean =>
  code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions

const expired = (code: PromotionCode, now: number): boolean => code.expires_at !== null && code.expires_at <= now

const forAnother = (code: PromotionCode, purchase: Purchase): boolean =>
  code.customer !== null && code.customer !== purchase.customer

const minimumIn = ({ restrictions }: PromotionCode, currency: string): number | undefined =>
  restrictions.minimum_amount_currency === currency
    ? (restrictions.minimum_amount ?? undefined)
    : restrictions.currency_options?.[currency]?.minimum_amount

/** In a currency that the restriction does not name, nothing is enough. */
const tooSmall = (code: PromotionCode, purchase: Purchase): boolean =>
  code.restrictions.minimum_amount !== null &&
  purchase.amount < (minimumIn(code, purchase.currency) ?? Number.POSITIVE_INFINITY)

/** Why a promotion code does not apply, in the words a customer sees; undefined when it does. */
export const codeRefusal = (code: PromotionCode, coupon: Coupon, purchase: Purchase): string | undefined => {
  if (!code.active || used(code) || !isRedeemable(coupon, purchase.now)) return 'This code is invalid.'
  if (expired(code, purchase.now)) return 'This code is expired.'
  if (forAnother(code, purchase)) return 'This code is invalid.'
  if (code.restrictions.first_time_transaction && purchase.returning)
    return 'This code is for first-time customers only.'
  if (tooSmall(code, purchase)) return 'This order is below the minimum amount of this code.'
  if (!couponIn(coupon, purchase.currency)) return 'This code is for another currency.'
  return undefined
}

/** When a discount made now ends; null: never, or when it was used once. */
export const endOfDiscount = (coupon: Coupon, start: number): number | null =>
  coupon.duration === 'repeating'
    ? boundary(start, { interval: 'month', interval_count: 1 }, coupon.duration_in_months ?? 1)
    : null
