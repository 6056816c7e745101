import type Stripe from 'stripe'
import { createCatalog } from './catalog.ts'
import { openSimulator } from './open-simulator.ts'

export type Create = Stripe.Checkout.SessionCreateParams

export const success_url = 'https://example.com/thanks'
export const return_url = 'https://example.com/back?session={CHECKOUT_SESSION_ID}'
export const email = 'ada@example.com'

/** A simulator with something to buy, and sessions for it; what is given is laid over them. */
export const openShop = async (options: Parameters<typeof openSimulator>[0] = {}) => {
  const open = await openSimulator(options)
  const { pack, pro } = await createCatalog(open.stripe)
  const create = (given: Create = {}) => {
    const line_items = [{ price: pack.id, quantity: 1, adjustable_quantity: { enabled: true, maximum: 10 } }]
    const hosted = given.ui_mode === undefined ? { success_url } : {}
    return open.stripe.checkout.sessions.create({ mode: 'payment', line_items, ...hosted, ...given })
  }
  return { ...open, pack, pro, create }
}

/** A way of delivery for so much. */
export const post = (amount: number) => ({
  shipping_rate_data: { display_name: `Post ${amount}`, fixed_amount: { amount, currency: 'usd' } },
})
