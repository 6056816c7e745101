import { createBilling, fromEnv, type Logger, memoryStore } from '@paywright/server-middleware'
import { createStripeSimulator, type DeliveryOptions, type StripeSimulator } from '@paywright/stripe-simulator'
import { catalog } from '../../../src/server/catalog.ts'

export type Stripe = StripeSimulator

/** Stripe promises neither order nor uniqueness: what waits a moment goes out in any order, and twice. */
const ways: Readonly<Record<string, DeliveryOptions>> = {
  'in-order': {},
  'in-disorder': { order: 'shuffled', duplicates: 1, delayMs: 25 },
}

/** How webhooks travel: the project of the test configuration says so. */
const deliveryOf = ({ TEST_DELIVERY = 'in-order' }: NodeJS.ProcessEnv): DeliveryOptions => {
  const delivery = ways[TEST_DELIVERY]
  if (!delivery) throw new TypeError(`TEST_DELIVERY can be ${Object.keys(ways).join(' or ')}, not ${TEST_DELIVERY}.`)
  return delivery
}

/** A simulated Stripe that tells the app what happens. */
export const startStripe = (webhookUrl: string): Promise<Stripe> =>
  createStripeSimulator({ webhooks: [{ url: webhookUrl }], delivery: deliveryOf(process.env) })

/** What the app has to be told to talk to it. */
export const envOf = ({ url, keys }: Stripe): NodeJS.ProcessEnv => ({
  STRIPE_SECRET_KEY: keys.secretKey,
  STRIPE_PUBLISHABLE_KEY: keys.publishableKey,
  STRIPE_WEBHOOK_SECRET: keys.webhookSecret,
  STRIPE_API_BASE: url,
  STRIPE_JS_URL: `${url}/stripe.js`,
})

const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }

/** Products and prices, as `paywright catalog push` makes them. */
export const pushCatalog = async (stripe: Stripe): Promise<void> => {
  const billing = createBilling({
    ...fromEnv({ catalog, env: envOf(stripe), logger: silent }),
    store: memoryStore(),
    identify: () => null,
  })
  await billing.catalog.push()
}
