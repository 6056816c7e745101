import { createBilling, fromEnv, type Logger, memoryStore } from '@paywright/server-middleware'
import { createStripeSimulator, type StripeSimulator } from '@paywright/stripe-simulator'
import { catalog } from '../../../src/server/catalog.ts'

export type Stripe = StripeSimulator

/** A simulated Stripe that tells the app what happens. */
export const startStripe = (webhookUrl: string): Promise<Stripe> =>
  createStripeSimulator({ webhooks: [{ url: webhookUrl }] })

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
