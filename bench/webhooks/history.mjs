import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const within = createRequire(new URL('../../packages/server-middleware/package.json', import.meta.url))
/** @type {typeof import('@paywright/stripe-simulator')} */
const { createStripeSimulator } = await import(pathToFileURL(within.resolve('@paywright/stripe-simulator')).href)
const { default: Stripe } = await import(pathToFileURL(within.resolve('stripe')).href)

export const webhookSecret = 'whsec_bench'
const subscriptions = 1_000
const lookupKey = 'pro_monthly'
const oftenTwice = 0.3

/** A simulated Stripe with customers who subscribe, and what it tells of them. */
export const openHistory = async () => {
  const simulator = await createStripeSimulator({})
  const { hostname, port } = new URL(simulator.url)
  const stripe = new Stripe(simulator.keys.secretKey, { host: hostname, port, protocol: 'http', telemetry: false })
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 2_900,
    recurring: { interval: 'month' },
    lookup_key: lookupKey,
    product_data: { name: 'Pro' },
  })
  const objects = []
  for (let index = 0; index < subscriptions; index += 1) objects.push(await subscribe(stripe, price.id, index))
  const { secretKey, publishableKey } = simulator.keys
  return {
    subscriptions,
    given: {
      apiBase: simulator.url,
      secretKey,
      publishableKey,
      priceId: price.id,
      customers: objects.map(({ customer, id }) => ({ customer, subscription: id })),
    },
    sign: (count) => signAll(stripe, objects, count),
    close: () => simulator.close(),
  }
}

const subscribe = async (stripe, price, index) => {
  const customer = await stripe.customers.create({
    email: `a${index}@example.com`,
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price }] })
  return stripe.subscriptions.retrieve(subscription.id)
}

/** So many deliveries of events about all of them, signed now: some come twice, and none in its order. */
const signAll = (stripe, objects, count) => {
  const once = Math.round(count / (1 + oftenTwice))
  const bodies = Array.from({ length: once }, (_, index) => bodyOf(objects[index % objects.length], index))
  const all = shuffled([...bodies, ...bodies.slice(0, count - once)])
  return all.map((payload) => ({
    body: payload,
    signature: stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret }),
  }))
}

const bodyOf = (object, index) =>
  JSON.stringify({
    id: `evt_${index}`,
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: Math.floor(Date.now() / 1_000),
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: 'customer.subscription.updated',
    data: { object },
  })

const shuffled = (values) =>
  values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
