import { codeRefusal, isRedeemable, type Purchase } from '../../domain/coupon.ts'
import { invalidRequest } from '../../domain/failure.ts'
import type { PromotionCode } from '../../domain/objects/catalog.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { PromotionOutcome } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { reprice } from './reprice.ts'

const codeOf = (world: World, text: string): PromotionCode | undefined =>
  world.store
    .all('promotion_code')
    .filter((code) => code.code.toLowerCase() === text.trim().toLowerCase())
    .sort((a, b) => Number(b.active) - Number(a.active))[0]

const hasPaid = (world: World, customer: string | null): boolean =>
  customer !== null &&
  world.store.all('charge').some((charge) => charge.customer === customer && charge.status === 'succeeded')

const invalid = 'This code is invalid.'

/** The code that somebody typed, or why it does not apply. */
export const findCode = (
  world: World,
  text: string,
  purchase: Pick<Purchase, 'amount' | 'currency' | 'customer'>,
): { readonly code: PromotionCode } | { readonly refusal: string } => {
  const code = codeOf(world, text)
  if (!code) return { refusal: invalid }
  const returning = hasPaid(world, purchase.customer)
  const coupon = world.need('coupon', code.promotion.coupon)
  const refusal = codeRefusal(code, coupon, { ...purchase, now: world.now(), returning })
  return refusal === undefined ? { code } : { refusal }
}

const discountBy = (world: World, session: CheckoutSession, code?: PromotionCode): void => {
  const discounts = code ? [{ coupon: code.promotion.coupon, promotion_code: code.id }] : []
  reprice(world, session, { discounts })
}

export const refuseLate = (session: CheckoutSession): void => {
  if (session.status !== 'open') throw invalidRequest('This Checkout Session is not open any more.')
}

/** A code that a customer typed. Letters' case does not matter. */
export const applyPromotionCode = (world: World, session: CheckoutSession, text: string): PromotionOutcome => {
  refuseLate(session)
  if (session.allow_promotion_codes !== true) return { status: 'refused', message: invalid }
  const { amount_subtotal, currency, customer } = session
  const found = findCode(world, text, { amount: amount_subtotal ?? 0, currency: currency ?? '', customer })
  if ('refusal' in found) return { status: 'refused', message: found.refusal }
  discountBy(world, session, found.code)
  return { status: 'applied' }
}

export const removePromotionCode = (world: World, session: CheckoutSession): void => {
  refuseLate(session)
  if (session.allow_promotion_codes === true) discountBy(world, session)
}

/** Between a session and its payment a coupon can run out. */
export const refuseSpentDiscount = (world: World, session: CheckoutSession): void => {
  const [discount] = session.discounts ?? []
  if (!discount?.coupon || isRedeemable(world.need('coupon', discount.coupon), world.now())) return
  throw invalidRequest('The discount of this Checkout Session has expired.', { code: 'coupon_expired' })
}
