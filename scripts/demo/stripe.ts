import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Say } from '../lib/say.mjs'
import type { Part } from './part.ts'

export type StripeRequest = { root: string; env: NodeJS.ProcessEnv; folder: string; webhookUrl: string; say: Say }

const neededBesideTheKey = ['STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'] as const

/** The real Stripe in test mode when there is a key for it, and the simulated one otherwise. */
export async function startStripe(request: StripeRequest): Promise<Part> {
  if (!request.env.STRIPE_SECRET_KEY) return simulatedStripe(request)
  refuseUnusableKeys(request.env)
  request.say('stripe: the real one, with the test key in STRIPE_SECRET_KEY. For its webhooks, in another terminal:')
  request.say(`  stripe listen --forward-to ${request.webhookUrl.replace('http://', '')}`)
  return { env: {}, stop: async () => {} }
}

export function refuseUnusableKeys(env: NodeJS.ProcessEnv): void {
  const key = env.STRIPE_SECRET_KEY ?? ''
  if (/^[sr]k_live_/.test(key)) {
    throw new Error('STRIPE_SECRET_KEY is a live key. The demo makes products and takes payments: give it a test key.')
  }
  if (!/^[sr]k_test_/.test(key)) throw new Error('STRIPE_SECRET_KEY has to start with sk_test_ or rk_test_.')
  const missing = neededBesideTheKey.filter((name) => !env[name])
  if (missing.length > 0) throw new Error(`Beside STRIPE_SECRET_KEY the demo needs ${missing.join(' and ')}.`)
}

async function simulatedStripe({ root, folder, webhookUrl, say }: StripeRequest): Promise<Part> {
  const fromDemo = createRequire(path.join(root, 'apps', 'demo', 'package.json'))
  const entry = pathToFileURL(fromDemo.resolve('@paywright/stripe-simulator')).href
  const { createStripeSimulator } = await import(entry)
  const simulator = await createStripeSimulator({
    dataFile: path.join(folder, 'stripe.json'),
    webhooks: [{ url: webhookUrl }],
  })
  say(`stripe: simulated, on ${simulator.url}`)
  return {
    env: {
      STRIPE_SECRET_KEY: simulator.keys.secretKey,
      STRIPE_PUBLISHABLE_KEY: simulator.keys.publishableKey,
      STRIPE_WEBHOOK_SECRET: simulator.keys.webhookSecret,
      STRIPE_API_BASE: simulator.url,
      STRIPE_JS_URL: `${simulator.url}/stripe.js`,
    },
    stop: () => simulator.close(),
  }
}
