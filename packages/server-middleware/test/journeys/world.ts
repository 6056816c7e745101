import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  createStripeSimulator,
  type DeliveryOptions,
  type SimulatorSettings,
  type StripeSimulator,
} from '@paywright/stripe-simulator'
import express, { type Request } from 'express'
import mongoose, { type Connection } from 'mongoose'
import { inject } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { type Billing, createBilling } from '../../src/create-billing.ts'
import type { Effect, EffectType } from '../../src/domain/event.ts'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import type { BillingOptions } from '../../src/options.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { LogFields, Logger } from '../../src/ports/logger.ts'
import { stripeProvider } from '../../src/stripe/provider.ts'
import type { StripeProviderOptions } from '../../src/stripe/settings.ts'
import { Actor } from './actor.ts'
import { catalog } from './catalog.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How webhooks travel in the journeys: each project of the configuration has its own way. */
    delivery: DeliveryOptions
  }
}

export type LogLine = { level: 'info' | 'warn' | 'error'; event: string; fields: LogFields }

/** A host app on Express with a real MongoDB and a simulated Stripe that delivers signed webhooks to it. */
export type World = AsyncDisposable & {
  url: string
  billing: Billing
  stripe: StripeSimulator
  database: Connection
  logs: readonly LogLine[]
  effects: readonly Effect[]
  /** Somebody signed in; their account carries their name. */
  signIn(name: string): Actor
  /** A service that names accounts itself; `secret` is what the host checks. */
  service(secret?: string): Actor
  /** Somebody without a session. */
  stranger(): Actor
}

export type WorldOptions = Partial<BillingOptions<string, string, Request>> & {
  webhooks?: 'delivered' | 'off'
  /** The API version of the endpoint, if not the newest. */
  webhookVersion?: string
  /** Whose time the host goes by: `stripe` is the simulator's, which tests move. */
  time?: 'own' | 'stripe'
  /** What is set in the account at Stripe. */
  stripeSettings?: Partial<SimulatorSettings>
  /** How the host's provider differs from one with the simulator's keys. */
  stripeOptions?: Partial<StripeProviderOptions>
}

const serviceSecret = 'service-secret'

export const openWorld = async ({
  webhooks = 'delivered',
  webhookVersion,
  time = 'own',
  stripeSettings = {},
  stripeOptions = {},
  ...given
}: WorldOptions = {}): Promise<World> => {
  const app = express()
  const server = createServer(app)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stripe = await createStripeSimulator({
    webhooks: [{ url: `${url}/billing/webhook`, ...(webhookVersion && { apiVersion: webhookVersion }) }],
    delivery: inject('delivery'),
    settings: stripeSettings,
  })
  if (webhooks === 'off') stripe.webhooks.pause()
  const clock: Clock = { ...systemClock(), now: () => stripe.clock.now() }
  const options = time === 'stripe' ? { ...given, clock } : given
  const database = await openDatabase()
  const logs: LogLine[] = []
  const billing = createBilling({
    provider: providerOf(stripe, stripeOptions),
    store: mongoStore({ connection: database, ...(options.clock && { clock: options.clock }) }),
    catalog,
    identify: identityOf,
    authorizeService: (request: Request) => request.get('x-service-secret') === serviceSecret,
    trustedOrigins: [url],
    logger: memoryLogger(logs),
    rateLimit: false,
    ...options,
  })
  await billing.migrate()
  await billing.catalog.push()
  app.use('/billing', billing.router)
  return {
    url,
    billing,
    stripe,
    database,
    logs,
    effects: recordEffects(billing),
    signIn: (name) => new Actor(`${url}/billing`, { 'x-user': name }),
    service: (secret = serviceSecret) => new Actor(`${url}/billing`, { 'x-service-secret': secret }),
    stranger: () => new Actor(`${url}/billing`, {}),
    [Symbol.asyncDispose]: async () => {
      await stripe.close()
      server.closeAllConnections()
      server.close()
      await billing.close()
      await database.dropDatabase()
      await database.close()
    },
  }
}

const openDatabase = () => {
  const uri = process.env.PAYWRIGHT_TEST_MONGODB_URI
  if (!uri) throw new Error('PAYWRIGHT_TEST_MONGODB_URI is missing: the global setup sets it.')
  return mongoose.createConnection(uri, { dbName: `journey_${randomBytes(6).toString('hex')}` }).asPromise()
}

const providerOf = ({ url, keys }: StripeSimulator, options: Partial<StripeProviderOptions>) =>
  stripeProvider({
    secretKey: keys.secretKey,
    publishableKey: keys.publishableKey,
    webhookSecrets: [keys.webhookSecret],
    apiBase: url,
    ...options,
  })

const identityOf = (request: Request) => {
  const name = request.get('x-user')
  return name ? { accountId: `account-${name}`, userId: `user-${name}`, email: `${name}@example.com` } : null
}

const memoryLogger = (lines: LogLine[]): Logger => {
  const write = (level: LogLine['level']) => (fields: LogFields, event: string) =>
    void lines.push({ level, event, fields })
  return { info: write('info'), warn: write('warn'), error: write('error') }
}

const recorded: readonly EffectType[] = [
  'purchase.succeeded',
  'purchase.failed',
  'top_up.declined',
  'subscription.activated',
  'subscription.changed',
  'subscription.ended',
  'subscription.duplicate',
  'trial.ending',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.action_required',
  'dispute.opened',
  'purchase.refunded',
  'credits.low',
  'event.dead',
]

const recordEffects = (billing: Billing): Effect[] => {
  const effects: Effect[] = []
  const record = (effect: Effect) => void effects.push(effect)
  for (const type of recorded) billing.on(type, record)
  return effects
}
