import { createStripeSimulator } from '@paywright/stripe-simulator'

type StripeObject = { id: string; object: string; created: number; status?: string; metadata?: Record<string, string> }

/** The simulated Stripe, and what can be asked of it beyond the API. */
export type Stripe = AsyncDisposable & {
  /** What the app has to be told to talk to it. */
  env: NodeJS.ProcessEnv
  /** All of a type, newest first: `'payment_intent'`, `'subscription'`. */
  list(type: string): Promise<StripeObject[]>
  pauseWebhooks(): Promise<void>
  resumeWebhooks(): Promise<void>
}

export const startStripe = async (webhookUrl: string): Promise<Stripe> => {
  const simulator = await createStripeSimulator({ webhooks: [{ url: webhookUrl }] })
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${simulator.url}/_simulator/api/${path}`, init)
    if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`)
    return response.json()
  }
  const post = async (path: string, body: object) => {
    await ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  }
  return {
    env: {
      STRIPE_SECRET_KEY: simulator.keys.secretKey,
      STRIPE_PUBLISHABLE_KEY: simulator.keys.publishableKey,
      STRIPE_WEBHOOK_SECRET: simulator.keys.webhookSecret,
      STRIPE_API_BASE: simulator.url,
      STRIPE_JS_URL: `${simulator.url}/stripe.js`,
    },
    list: async (type) => (await ask(`objects/${type}?limit=100`)).data,
    pauseWebhooks: () => post('webhooks', { paused: true }),
    resumeWebhooks: () => post('webhooks', { paused: false }),
    [Symbol.asyncDispose]: () => simulator.close(),
  }
}
