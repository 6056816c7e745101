import { createStripeSimulator } from '../create-simulator.ts'
import type { SimulatorOptions, StripeSimulator } from '../simulator.ts'

/** What an app has to know to live on a simulator. It can be sent to another process. */
export interface StripeAddress {
  readonly url: string
  readonly host: string
  readonly port: number
  readonly secretKey: string
  readonly publishableKey: string
  readonly webhookSecret: string
}

export const addressOf = ({ url, port, keys }: StripeSimulator): StripeAddress => ({
  url,
  host: new URL(url).hostname,
  port,
  secretKey: keys.secretKey,
  publishableKey: keys.publishableKey,
  webhookSecret: keys.webhookSecret,
})

/** The part of vitest's project that is used. */
export interface Project {
  provide(key: 'stripe', value: StripeAddress): void
}

/**
 * A vitest `globalSetup`: one simulator for a whole run, ended with it. Tests get its address with `inject('stripe')`.
 *
 * @example
 * ```ts
 * // test/global-setup.ts, named in vitest's `globalSetup`
 * import { type StripeAddress, stripeGlobalSetup } from '@paywright/stripe-simulator/testing'
 *
 * export const setup = stripeGlobalSetup({ webhooks: [{ url: 'http://localhost:3000/billing/webhook' }] })
 *
 * declare module 'vitest' {
 *   interface ProvidedContext { stripe: StripeAddress }
 * }
 * ```
 */
export const stripeGlobalSetup =
  (options: SimulatorOptions = {}) =>
  async (project: Project): Promise<() => Promise<void>> => {
    const simulator = await createStripeSimulator(options)
    project.provide('stripe', addressOf(simulator))
    return () => simulator.close()
  }
