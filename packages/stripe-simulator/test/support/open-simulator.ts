import Stripe from 'stripe'
import { createStripeSimulator, type SimulatorOptions, type StripeSimulator } from '../../src/index.ts'

export interface ClientOptions {
  readonly key?: string
  readonly fetch?: typeof fetch
  /** How often the client tries again; by default not at all. */
  readonly maxNetworkRetries?: number
}

/** The stock client, with nothing changed but where it talks to. */
export const stripeFor = (simulator: StripeSimulator, options: ClientOptions = {}): Stripe => {
  const { hostname, port } = new URL(simulator.url)
  return new Stripe(options.key ?? simulator.keys.secretKey, {
    host: hostname,
    port,
    protocol: 'http',
    telemetry: false,
    // Whoever checks each answer may take longer over one than a server keeps its connection.
    maxNetworkRetries: options.maxNetworkRetries ?? (options.fetch ? 2 : 0),
    ...(options.fetch ? { httpClient: Stripe.createFetchHttpClient(options.fetch) } : {}),
  })
}

export interface OpenSimulator extends AsyncDisposable {
  readonly simulator: StripeSimulator
  readonly stripe: Stripe
}

export const noon = '2026-01-15T12:00:00Z'

/** Tests of months look at what happened first: further back than the API goes. */
const farBack = 1000

/** A simulator that starts on a fixed day, and a stripe-node that talks to it. */
export const openSimulator = async (options: SimulatorOptions = {}): Promise<OpenSimulator> => {
  const settings = { eventDays: farBack, ...options.settings }
  const simulator = await createStripeSimulator({ now: () => new Date(noon), ...options, settings })
  return { simulator, stripe: stripeFor(simulator), [Symbol.asyncDispose]: () => simulator.close() }
}
