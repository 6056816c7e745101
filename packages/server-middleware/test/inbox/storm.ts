import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createStripeSimulator, type StripeSimulator } from '@paywright/stripe-simulator'
import express from 'express'
import mongoose, { type Connection } from 'mongoose'
import { Stripe } from 'stripe'
import { expect } from 'vitest'
import { type Billing, createBilling } from '../../src/create-billing.ts'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { stripeProvider } from '../../src/stripe/provider.ts'
import { catalog } from '../journeys/catalog.ts'

/** `uri` is the way to the database that may break, `safeUri` the one by which the test looks. */
export type StormOptions = { uri: string; safeUri: string; mode: 'inline' | 'queued'; buyers: number }

const webhookSecret = 'whsec_storm'
const silent = () => undefined
/** Longer than the lease of an event whose worker is never heard of again. */
const patienceMilliseconds = 100_000

/** A host whose buyers have all paid, while no webhook came; then all of them come at once. */
export class Storm implements AsyncDisposable {
  readonly stripe: StripeSimulator
  readonly billing: Billing
  readonly #look: Connection
  readonly #url: string
  readonly #buyers: readonly string[]
  readonly #close: () => Promise<void>
  /** Events that were answered with 2xx. */
  readonly answered = new Set<string>()
  #refusals = 0

  static async open({ uri, safeUri, mode, buyers }: StormOptions): Promise<Storm> {
    const dbName = `storm_${randomBytes(6).toString('hex')}`
    const connection = await mongoose.createConnection(uri, { dbName }).asPromise()
    const look = await mongoose.createConnection(safeUri, { dbName }).asPromise()
    const stripe = await createStripeSimulator({})
    const { secretKey, publishableKey } = stripe.keys
    const app = express()
    const server = createServer(app)
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const billing = createBilling({
      provider: stripeProvider({ secretKey, publishableKey, webhookSecrets: [webhookSecret], apiBase: stripe.url }),
      store: mongoStore({ connection }),
      catalog,
      identify: () => null,
      trustedOrigins: [url],
      webhooks: { mode },
      logger: { info: silent, warn: silent, error: silent },
    })
    await billing.migrate()
    app.use('/billing', billing.router)
    const names = Array.from({ length: buyers }, (_, index) => `buyer-${index}`)
    for (const name of names) await buy(stripe, billing, name)
    const close = async () => {
      server.closeAllConnections()
      server.close()
      await billing.close()
      await stripe.close()
      await look.dropDatabase()
      await Promise.all([connection.close(), look.close()])
    }
    return new Storm({ stripe, billing, look, url, buyers: names, close })
  }

  private constructor(parts: {
    stripe: StripeSimulator
    billing: Billing
    look: Connection
    url: string
    buyers: readonly string[]
    close: () => Promise<void>
  }) {
    this.stripe = parts.stripe
    this.billing = parts.billing
    this.#look = parts.look
    this.#url = parts.url
    this.#buyers = parts.buyers
    this.#close = parts.close
  }

  get refusals(): number {
    return this.#refusals
  }

  /** Every event twice, in no order, each until it is answered with 2xx, as Stripe does. */
  async blow(trouble: () => Promise<void>): Promise<void> {
    this.billing.worker.start()
    const events = this.stripe.objects('event')
    const waiting = [...events, ...events].map((event) => ({ event, at: Math.random() })).sort((a, b) => a.at - b.at)
    const work = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) await this.#deliver(next.event)
    }
    await Promise.all([trouble(), ...Array.from({ length: 8 }, work)])
  }

  async #deliver(event: { id: string }): Promise<void> {
    const end = Date.now() + patienceMilliseconds
    while (!(await this.#post(event))) {
      this.#refusals += 1
      if (Date.now() > end) throw new Error(`${event.id} was never answered with 2xx.`)
      await pause(100)
    }
    // What is answered is stored, at that very moment.
    const stored = await this.#look.collection<{ _id: string }>('billing_provider_events').findOne({ _id: event.id })
    if (!stored) throw new Error(`${event.id} was answered and is not stored.`)
    this.answered.add(event.id)
  }

  async #post(event: object): Promise<boolean> {
    const payload = JSON.stringify(event)
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret })
    const headers = { 'content-type': 'application/json', 'stripe-signature': signature }
    const response = await fetch(`${this.#url}/billing/webhook`, { method: 'POST', headers, body: payload })
    return response.ok
  }

  /** Everything arrived, was applied, and nothing twice. */
  async expectCalm(): Promise<void> {
    const end = Date.now() + patienceMilliseconds
    const left = () =>
      this.#look.collection('billing_provider_events').countDocuments({ state: { $in: ['received', 'failed'] } })
    while ((await left()) > 0 && Date.now() < end) await pause(100)
    const ends = await Promise.all(this.#buyers.map((accountId) => this.billing.credits({ accountId })))
    expect(ends.map(({ remaining }) => remaining.paid)).toEqual(this.#buyers.map(() => 20))
    expect(this.answered.size).toBe(this.stripe.objects('event').length)
    expect(await left()).toBe(0)
    expect((await this.billing.verify()).unsound).toEqual([])
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close()
  }
}

const buy = async (stripe: StripeSimulator, billing: Billing, name: string): Promise<void> => {
  const { purchase } = await billing.startPurchase({ accountId: name, email: `${name}@example.com`, packId: 'uses20' })
  const response = await fetch(`${stripe.url}/v1/payment_intents/${purchase.providerPaymentId}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stripe.keys.secretKey}` },
    body: new URLSearchParams({ payment_method: 'pm_card_visa', return_url: 'https://app.example.com' }),
  })
  expect(response.status).toBe(200)
}
