import { endOfDiscount, isRedeemable } from '../domain/coupon.ts'
import { couponIn } from '../domain/currency-options.ts'
import { invalidRequest, noSuch } from '../domain/failure.ts'
import type { Coupon, Discount } from '../domain/objects/catalog.ts'
import type { Subscription } from '../domain/objects/subscription.ts'
import type { World } from '../world.ts'

export interface DiscountInput {
  readonly coupon?: string
  readonly promotion_code?: string
  readonly discount?: string
}

export interface DiscountOwner {
  readonly customer: string | null
  /** Of what the discount is taken off. */
  readonly currency: string
  readonly subscription?: string
  readonly checkoutSession?: string
  readonly invoice?: string
  readonly invoiceItem?: string
  /** What may be kept by its id: what the object, or what it belongs to, has already. */
  readonly known?: readonly string[]
  /** Where a request names them. */
  readonly param?: string
}

const couponOf = (
  world: World,
  input: DiscountInput,
  param: string,
): { coupon: string; promotionCode: string | null } => {
  if (input.promotion_code === undefined) {
    return { coupon: world.need('coupon', input.coupon ?? '', { param: `${param}[coupon]` }).id, promotionCode: null }
  }
  const code = world.need('promotion_code', input.promotion_code, { param: `${param}[promotion_code]` })
  if (!code.active) throw invalidRequest('This promotion code is inactive.', { param: `${param}[promotion_code]` })
  return { coupon: code.promotion.coupon, promotionCode: code.id }
}

const redeem = (world: World, couponId: string, promotionCode: string | null): void => {
  const coupon = world.need('coupon', couponId)
  if (!isRedeemable(coupon, world.now())) {
    throw invalidRequest(`Coupon expired: ${coupon.id}`, { code: 'coupon_expired', param: 'coupon' })
  }
  const redeemed = world.update(coupon, { times_redeemed: coupon.times_redeemed + 1 })
  world.update(redeemed, { valid: isRedeemable(redeemed, world.now()) })
  if (promotionCode === null) return
  const code = world.need('promotion_code', promotionCode)
  world.update(code, { times_redeemed: code.times_redeemed + 1 })
}

/** What one bill, or one position of it, is reduced by is no discount of the customer's. */
const isOfBill = ({ invoice, invoiceItem }: DiscountOwner): boolean =>
  invoice !== undefined || invoiceItem !== undefined

/** An amount off is good in the currencies that its coupon names. */
export const refuseForeign = (coupon: Coupon, currency: string, param = 'discounts'): void => {
  if (couponIn(coupon, currency)) return
  throw invalidRequest(`The coupon ${coupon.id} is not available in ${currency}.`, { param })
}

const createDiscount = (
  world: World,
  input: { coupon: string; promotionCode: string | null },
  owner: DiscountOwner,
) => {
  const coupon = world.need('coupon', input.coupon)
  refuseForeign(coupon, owner.currency, owner.param)
  redeem(world, coupon.id, input.promotionCode)
  return world.insert(
    'discount',
    {
      checkout_session: owner.checkoutSession ?? null,
      customer: owner.customer,
      end: endOfDiscount(coupon, world.now()),
      invoice: owner.invoice ?? null,
      invoice_item: owner.invoiceItem ?? null,
      promotion_code: input.promotionCode,
      source: { type: 'coupon', coupon: coupon.id },
      start: world.now(),
      subscription: owner.subscription ?? null,
    },
    isOfBill(owner) ? undefined : 'customer.discount.created',
  )
}

const belongs = (found: Discount, { known, subscription }: DiscountOwner): boolean =>
  known ? known.includes(found.id) : found.subscription === subscription

const kept = (world: World, id: string, owner: DiscountOwner): Discount => {
  const found = world.store.get('discount', id)
  if (found && belongs(found, owner)) return found
  throw noSuch('discount', id, { param: owner.param ?? 'discounts' })
}

/** Makes discounts of what a request names; one that exists already is kept. */
export const applyDiscounts = (world: World, inputs: readonly DiscountInput[], owner: DiscountOwner): string[] =>
  inputs.map((input, index) => {
    if (input.discount !== undefined) return kept(world, input.discount, owner).id
    return createDiscount(world, couponOf(world, input, `${owner.param ?? 'discounts'}[${index}]`), owner).id
  })

/** The discounts that hold now: not ended. */
export const activeDiscounts = (world: World, subscription: Subscription): string[] =>
  subscription.discounts.filter((id) => {
    const { end } = world.need('discount', id)
    return end === null || end > world.now()
  })

/** After an invoice: what was good for one invoice is used up, what ended is taken off. */
export const spendDiscounts = (world: World, subscription: Subscription): Subscription => {
  const lasting = activeDiscounts(world, subscription).filter((id) => {
    const { coupon } = world.need('discount', id).source
    return world.need('coupon', coupon).duration !== 'once'
  })
  return world.update(subscription, { discounts: lasting })
}

/** A discount is taken off whom it was given. */
export const removeDiscount = (world: World, id: string): Discount => {
  const discount = world.need('discount', id)
  world.emit('customer.discount.deleted', discount)
  return discount
}
