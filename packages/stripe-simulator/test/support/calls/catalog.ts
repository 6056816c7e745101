import type Stripe from 'stripe'
import type { Catalog } from '../catalog.ts'

/** Every route of products and prices. */
export const callCatalog = async (stripe: Stripe, { product, pro }: Catalog): Promise<void> => {
  await stripe.products.update(product.id, { description: 'All of it', metadata: { tier: '2' } })
  await stripe.products.retrieve(product.id)
  await stripe.products.list({ active: true })
  await stripe.products.del((await stripe.products.create({ name: 'Mistake' })).id)
  await stripe.prices.update(pro.id, { lookup_key: 'pro', metadata: { a: '1' } })
  await stripe.prices.retrieve(pro.id, { expand: ['product', 'currency_options'] })
  await stripe.prices.list({ lookup_keys: ['pro'], expand: ['data.product'] })
}

/** Every route of coupons and promotion codes. */
export const callDiscounts = async (stripe: Stripe): Promise<Stripe.Coupon> => {
  const coupon = await stripe.coupons.create({
    amount_off: 300,
    currency: 'usd',
    duration: 'repeating',
    duration_in_months: 3,
  })
  await stripe.coupons.retrieve(coupon.id)
  await stripe.coupons.update(coupon.id, { name: 'Spring' })
  await stripe.coupons.list()
  const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id } })
  await stripe.promotionCodes.retrieve(code.id, { expand: ['promotion.coupon'] })
  await stripe.promotionCodes.update(code.id, { active: false })
  await stripe.promotionCodes.list({ coupon: coupon.id })
  await stripe.coupons.del((await stripe.coupons.create({ percent_off: 5 })).id)
  return coupon
}
