import { formatAmount } from '../../browser/format-amount.ts'
import type { Coupon } from '../../domain/objects/catalog.ts'
import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import type { World } from '../../world.ts'

/** An amount as Stripe.js hands it to a page: to count with, and to read. */
export interface ShownAmount {
  readonly minorUnitsAmount: number
  readonly amount: string
}

export const shown = (minorUnitsAmount: number, currency: string): ShownAmount => ({
  minorUnitsAmount,
  amount: formatAmount(minorUnitsAmount, currency, 'en'),
})

type Sum = 'amount_discount' | 'amount_subtotal' | 'amount_tax' | 'amount_total'

export const total = (items: readonly CheckoutItem[], field: Sum): number =>
  items.reduce((sum, item) => sum + item[field], 0)

export const isInclusive = (item: CheckoutItem): boolean => item.price.tax_behavior === 'inclusive'

/** The discount of a session, and the code it came by. */
export const discountOf = (
  world: World,
  { discounts }: CheckoutSession,
): { coupon: Coupon; code: string | null } | null => {
  const [given] = discounts ?? []
  const coupon = given?.coupon == null ? undefined : world.store.get('coupon', given.coupon)
  if (!coupon) return null
  const code = given?.promotion_code == null ? undefined : world.store.get('promotion_code', given.promotion_code)
  return { coupon, code: code?.code ?? null }
}

const recurringOf = (coupon: Coupon) => {
  if (coupon.duration === 'forever') return { type: 'forever' }
  if (coupon.duration === 'once') return null
  return { type: 'repeating', durationInMonths: coupon.duration_in_months }
}

export const discountAmounts = (world: World, session: CheckoutSession, amount: number) => {
  const discount = discountOf(world, session)
  if (!discount) return null
  const { coupon, code } = discount
  return [
    {
      ...shown(amount, session.currency ?? 'usd'),
      displayName: coupon.name ?? code ?? coupon.id,
      promotionCode: code,
      recurring: recurringOf(coupon),
      percentOff: coupon.percent_off,
    },
  ]
}
