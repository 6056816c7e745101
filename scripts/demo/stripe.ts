import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { untilPortIsFree } from '../lib/free-port.ts'
import { keptPort } from '../lib/kept-port.ts'
import type { Place } from '../lib/programs.ts'
import type { Say } from '../lib/say.mjs'
import type { Part } from './part.ts'

/** Without a folder the simulated Stripe forgets. */
export type StripeRequest = Place & { folder: string | undefined; webhookUrl: string; say: Say }

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
  const kept = folder ? { dataFile: path.join(folder, 'stripe.json'), port: await portOf(folder) } : {}
  const simulator = await createStripeSimulator({ ...kept, webhooks: [{ url: webhookUrl }] })
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

/** The addresses of its hosted pages are kept, so it should be found there again. */
async function portOf(folder: string): Promise<number | undefined> {
  const port = await keptPort({ folder, name: 'stripe' })
  return (await untilPortIsFree(port)) ? port : undefined
}
