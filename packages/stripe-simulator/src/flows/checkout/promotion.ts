import { codeRefusal, isRedeemable } from '../../domain/coupon.ts'
import { invalidRequest } from '../../domain/failure.ts'
import type { PromotionCode } from '../../domain/objects/catalog.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { PromotionOutcome } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { reprice } from './reprice.ts'

const findCode = (world: World, text: string): PromotionCode | undefined =>
  world.store
    .all('promotion_code')
    .filter((code) => code.code.toLowerCase() === text.trim().toLowerCase())
    .sort((a, b) => Number(b.active) - Number(a.active))[0]

const hasPaid = (world: World, customer: string | null): boolean =>
  customer !== null &&
  world.store.all('charge').some((charge) => charge.customer === customer && charge.status === 'succeeded')

const refusalOf = (world: World, session: CheckoutSession, code: PromotionCode): string | undefined =>
  codeRefusal(code, world.need('coupon', code.promotion.coupon), {
    now: world.now(),
    amount: session.amount_subtotal ?? 0,
    currency: session.currency ?? '',
    customer: session.customer,
    returning: hasPaid(world, session.customer),
  })

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
  if (session.allow_promotion_codes !== true) return { status: 'refused', message: 'This code is invalid.' }
  const code = findCode(world, text)
  const message = code ? refusalOf(world, session, code) : 'This code is invalid.'
  if (!code || message !== undefined) return { status: 'refused', message: message ?? 'This code is invalid.' }
  discountBy(world, session, code)
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
