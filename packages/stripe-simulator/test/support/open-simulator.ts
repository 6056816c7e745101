import Stripe from 'stripe'
import { createStripeSimulator, type SimulatorOptions, type StripeSimulator } from '../../src/index.ts'

export interface ClientOptions {
  readonly key?: string
  readonly fetch?: typeof fetch
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
    maxNetworkRetries: options.fetch ? 2 : 0,
    ...(options.fetch ? { httpClient: Stripe.createFetchHttpClient(options.fetch) } : {}),
  })
}

export interface OpenSimulator extends AsyncDisposable {
  readonly simulator: StripeSimulator
  readonly stripe: Stripe
}

export const noon = '2026-01-15T12:00:00Z'

/** A simulator that starts on a fixed day, and a stripe-node that talks to it. */
export const openSimulator = async (options: SimulatorOptions = {}): Promise<OpenSimulator> => {
  const simulator = await createStripeSimulator({ now: () => new Date(noon), ...options })
  return { simulator, stripe: stripeFor(simulator), [Symbol.asyncDispose]: () => simulator.close() }
}
