import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { createStripeSimulator, type SimulatorOptions, type StripeSimulator } from '../../../src/index.ts'

/** A business in a simulated account: two plans, a pack, a code, a portal, and a site of its own to come back to. */
export interface Shop extends AsyncDisposable {
  readonly simulator: StripeSimulator
  readonly stripe: Stripe
  /** Its own site, on another origin than the simulator. */
  readonly site: string
  readonly prices: { readonly starter: string; readonly growth: string; readonly pack: string }
}

const openSite = async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Shop</title><h1>The shop</h1>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

const stock = async (stripe: Stripe) => {
  const plan = async (name: string, unit_amount: number, interval?: 'month' | 'year'): Promise<Stripe.Price> => {
    const product = await stripe.products.create({ name })
    return stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount,
      ...(interval ? { recurring: { interval } } : {}),
    })
  }
  const [starter, growth, pack] = [
    await plan('Starter', 2900, 'month'),
    await plan('Growth', 79_000, 'year'),
    await plan('20 uses', 500),
  ]
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'once', name: 'Autumn' })
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'AUTUMN20' })
  await stripe.billingPortal.configurations.create({
    features: {
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'at_period_end' },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        proration_behavior: 'always_invoice',
        products: [starter, growth].map(({ id, product }) => ({ product: String(product), prices: [id] })),
      },
    },
  })
  return { starter: starter.id, growth: growth.id, pack: pack.id }
}

export const openShop = async (options: SimulatorOptions = {}): Promise<Shop> => {
  const simulator = await createStripeSimulator(options)
  const site = await openSite()
  const stripe = new Stripe(simulator.keys.secretKey, { host: '127.0.0.1', port: simulator.port, protocol: 'http' })
  return {
    simulator,
    stripe,
    site: site.url,
    prices: await stock(stripe),
    [Symbol.asyncDispose]: async () => {
      await simulator.close()
      site.close()
    },
  }
}

type Checkout = Partial<Stripe.Checkout.SessionCreateParams>

/** A Checkout Session for one of the shop's prices; what is given is laid over it. */
export const openCheckout = ({ stripe, site }: Shop, price: string, given: Checkout = {}) =>
  stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price, quantity: 1 }],
    success_url: `${site}/thanks?session={CHECKOUT_SESSION_ID}`,
    cancel_url: `${site}/pricing`,
    ...given,
  })

/** A customer who subscribes to a plan with a card that works. */
export const subscribe = async ({ stripe }: Shop, price: string, card = 'pm_card_visa') => {
  const customer = await stripe.customers.create({ email: 'alice@example.com', name: 'Alice' })
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } })
  return stripe.subscriptions.create({ customer: customer.id, items: [{ price }] })
}
