import { randomBytes } from 'node:crypto'
import { createStripeSimulator, type SimulatorState, type StripeSimulator } from '@paywright/stripe-simulator'
import mongoose, { type Connection } from 'mongoose'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { stripeProvider } from '../../src/stripe/provider.ts'
import { catalog } from '../inbox/histories.ts'
import { Actor } from '../journeys/actor.ts'
import { namesIn, type Rows, readRows, writeRows } from './database.ts'
import type { Host, StripeEvent } from './host.ts'
import { Hosts } from './hosts.ts'
import type { Stage, Way } from './way.ts'

/** How everything was when something had happened at Stripe, and the events that tell of it, of which none has come. */
export type Scene = { rows: Rows; state: SimulatorState; events: readonly StripeEvent[]; now: Date }

type Parts = {
  database: Connection
  hosts: Hosts
  stripe: StripeSimulator
  blank: Pick<Scene, 'rows' | 'state'>
  meaningful: ReadonlySet<string>
}

const hour = 3_600_000

/** A Stripe that survives, a database that survives, and hosts that don't. */
export class Theatre implements AsyncDisposable {
  readonly #parts: Parts
  readonly #scenes = new Map<Way, Scene>()

  static async open(): Promise<Theatre> {
    const uri = process.env.PAYWRIGHT_TEST_MONGODB_URI ?? ''
    const now = new Date()
    const stripe = await createStripeSimulator({ now: () => now })
    const hosts = new Hosts(uri, stripe)
    const dbName = `deaths_${randomBytes(6).toString('hex')}`
    const database = await mongoose.createConnection(uri, { dbName }).asPromise()
    await mongoStore({ connection: database }).migrate()
    const provider = stripeProvider({ ...stripe.keys, webhookSecrets: ['whsec_unused'], apiBase: stripe.url })
    await provider.pushCatalog(catalog)
    // Somebody has just reconciled: what is lost is not to be found by that.
    const until = new Date(now.getTime() + 10_000 * hour)
    const rows = { billing_leases: [{ _id: 'job:reconcile', owner: 'somebody', until }] }
    const blank = { rows, state: stripe.snapshot() }
    return new Theatre({ database, hosts, stripe, blank, meaningful: new Set(provider.eventTypes) })
  }

  private constructor(parts: Parts) {
    this.#parts = parts
  }

  get database(): Connection {
    return this.#parts.database
  }

  get hosts(): Hosts {
    return this.#parts.hosts
  }

  /** How many objects of each kind there are at Stripe. */
  counts(): Readonly<Record<string, number>> {
    const counts = Object.entries(this.#parts.stripe.counts())
    return Object.fromEntries(counts.filter(([, count]) => count > 0))
  }

  /** Brings everything to where it was. */
  async show({ rows, state }: Pick<Scene, 'rows' | 'state'>): Promise<void> {
    this.#parts.stripe.restore(state)
    await writeRows(this.database, rows)
  }

  async scene(way: Way): Promise<Scene> {
    const scene = this.#scenes.get(way) ?? (await this.#compose(way))
    this.#scenes.set(way, scene)
    return scene
  }

  async #compose({ begins }: Way): Promise<Scene> {
    const { blank, stripe } = this.#parts
    await this.show(blank)
    const host = await this.hosts.take()
    await host.begin({ dbName: this.database.name, mode: 'inline', now: this.#now(), diesAt: null })
    const last = await begins(this.#stageOf(host))
    await host.end()
    this.hosts.giveBack(host)
    const events = await this.#eventsOf(last)
    const rows = await readRows(this.database, await namesIn(this.database))
    return { rows, state: stripe.snapshot(), events, now: this.#now() }
  }

  #stageOf(host: Host): Stage {
    return {
      alice: new Actor(host.url, { 'x-user': 'alice' }),
      stripe: this.#parts.stripe,
      ask: (path, fields) => this.#ask(path, fields),
      happens: async (work) => {
        for (const event of await this.#eventsOf(work)) await host.deliver(event)
        await host.pass()
      },
    }
  }

  async #eventsOf(work: () => unknown): Promise<readonly StripeEvent[]> {
    const { stripe, meaningful } = this.#parts
    const before = new Set(stripe.objects('event').map(({ id }) => id))
    await work()
    const events = stripe.objects('event').filter(({ id, type }) => !before.has(id) && meaningful.has(type))
    return events.toReversed()
  }

  /** Long enough after what was last done at Stripe that no time of ours is one of Stripe's. */
  #now(): Date {
    return new Date(this.#parts.stripe.clock.now().getTime() + hour)
  }

  async #ask(path: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const { url, keys } = this.#parts.stripe
    const headers = { authorization: `Bearer ${keys.secretKey}` }
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) })
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hosts[Symbol.asyncDispose]()
    await this.#parts.stripe.close()
    await this.database.dropDatabase()
    await this.database.close()
  }
}
