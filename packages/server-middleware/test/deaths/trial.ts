import { verifyLedgers } from '../../src/actions/verify-ledgers.ts'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { openBench } from '../actions/deps.ts'
import { namesIn, type Rows } from './database.ts'
import { distinct, type End, type Heard, lastingRows, repeatedIn } from './end.ts'
import type { Host, Life, Mode } from './host.ts'
import type { Scene, Theatre } from './theatre.ts'

export type TrialOptions = { scene: Scene; mode: Mode; flaw?: string }

/** `diedAt`: what the host did last; null when it lived. */
export type Outcome = { end: End; diedAt: string | null; steps: readonly string[] }

const longerThanALease = 120

const withoutWorker = [
  'billing_ledgers',
  'billing_purchases',
  'billing_subscriptions',
  'billing_subscription_changes',
  'billing_payment_attempts',
  'billing_invoices',
  'billing_disputes',
  'billing_provider_events',
]

/** One way through the events of a scene, on which the host may die. */
export class Trial {
  readonly #theatre: Theatre
  readonly #options: TrialOptions
  readonly #answered = new Set<string>()
  readonly #heard: Heard[] = []
  readonly #wrongs = new Set<string>()
  #answers: Rows = {}
  #settled: ReadonlySet<string> = new Set()

  constructor(theatre: Theatre, options: TrialOptions) {
    this.#theatre = theatre
    this.#options = options
  }

  async run(diesAt: Life['diesAt']): Promise<Outcome> {
    await this.#theatre.show(this.#options.scene)
    const first = await this.#begin(diesAt)
    await this.#deliver(first)
    await this.#look()
    const isAlive = (await first.pass()) && (await first.live())
    const steps = [...first.steps]
    const last = isAlive ? first : await this.#replace(first)
    await last.wait(longerThanALease)
    await last.pass()
    this.#listen(last)
    const end = await this.#end()
    await last.end()
    this.#theatre.hosts.giveBack(last)
    return { end, steps, diedAt: isAlive ? null : (steps.at(-1) ?? null) }
  }

  async #begin(diesAt: Life['diesAt']): Promise<Host> {
    const { scene, mode, flaw } = this.#options
    const host = await this.#theatre.hosts.take()
    await host.begin({ dbName: this.#theatre.database.name, mode, now: scene.now, diesAt, flaw })
    return host
  }

  /** What has not been answered comes again, as long as somebody is there. What is answered is stored, from then on. */
  async #deliver(host: Host): Promise<void> {
    for (const event of this.#options.scene.events) {
      if (host.isDead || this.#answered.has(event.id)) continue
      if (await host.deliver(event)) this.#answered.add(event.id)
    }
    const stored = this.#theatre.database.collection<{ _id: string }>('billing_provider_events')
    for (const id of this.#answered)
      if (!(await stored.findOne({ _id: id }))) this.#wrongs.add(`${id} was answered, and is not stored`)
  }

  /** Somebody else takes over: first while the dead one still has its leases, then when they are over. */
  async #replace(dead: Host): Promise<Host> {
    this.#listen(dead)
    this.#settled = await this.#settledEffects()
    const host = await this.#begin(null)
    await this.#deliver(host)
    await host.wait(longerThanALease)
    await this.#deliver(host)
    await this.#look()
    await host.pass()
    return host
  }

  /** Who is answered when all is done needs no worker to be right. */
  async #look(): Promise<void> {
    const { mode, scene } = this.#options
    const { database } = this.#theatre
    if (mode === 'inline') this.#answers = await lastingRows(database, { now: scene.now, names: withoutWorker })
  }

  /** Where nothing fails, everything is told and sent once; what is known to have been is not told again by others. */
  #listen({ told, sent }: Host): void {
    const heard = { told: [...told], sent: [...sent] }
    this.#heard.push(heard)
    for (const key of repeatedIn(heard)) this.#wrongs.add(`${key} twice`)
    for (const key of [...told, ...sent]) if (this.#settled.has(key)) this.#wrongs.add(`${key} again`)
  }

  async #settledEffects(): Promise<ReadonlySet<string>> {
    const of = (name: string) =>
      this.#theatre.database.collection<{ _id: string }>(name).find({ state: 'sent' }).toArray()
    const rows = await Promise.all([of('billing_effects'), of('billing_notifications')])
    return new Set(rows.flat().map(({ _id }) => _id))
  }

  async #end(): Promise<End> {
    const { database } = this.#theatre
    const { events, now } = this.#options.scene
    const unanswered = events.filter(({ id }) => !this.#answered.has(id))
    const deps = { ...openBench().deps, store: mongoStore({ connection: database }) }
    return {
      answers: this.#answers,
      rows: await lastingRows(database, { now, names: await namesIn(database) }),
      told: distinct(this.#heard.flatMap(({ told }) => told)),
      sent: distinct(this.#heard.flatMap(({ sent }) => sent)),
      unsound: (await verifyLedgers(deps)).unsound,
      stripe: this.#theatre.counts(),
      wrongs: [...this.#wrongs, ...unanswered.map(({ id }) => `${id} was never answered`)],
    }
  }
}
