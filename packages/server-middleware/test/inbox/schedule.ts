import { deliverEffects } from '../../src/actions/deliver-effects.ts'
import { receiveEvent } from '../../src/actions/receive-event.ts'
import { workOffEvents } from '../../src/actions/work-off-events.ts'
import type { ProviderEvent } from '../../src/domain/event.ts'
import { memoryStore } from '../../src/memory/memory-store.ts'
import type { Deps } from '../../src/ports/deps.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { openBench } from '../actions/deps.ts'
import { Fate } from '../ledger/model/fate.ts'
import { type End, endOf } from './end.ts'
import { recordedProvider } from './recorded-provider.ts'
import type { Recording } from './recording.ts'
import { repeat } from './remembered-store.ts'
import { withFate } from './with-fate.ts'

/** `store`: memory, unless it is to be one with a fault. */
export type ScheduleOptions = { mode: 'inline' | 'queued'; store?: BillingStore }

const workers = 3
const mostCopies = 3
const mostRounds = 8
const longerThanALease = 120_000

/** One way in which the events of a history may arrive, decided by its seed. */
export class Schedule {
  readonly #recording: Recording
  readonly #fate: Fate
  readonly #mode: ScheduleOptions['mode']
  readonly #store: BillingStore
  readonly #provider: ReturnType<typeof recordedProvider>
  readonly #told: string[] = []
  #crew: { deps: Deps; kill: () => void }[] = []
  /** How many never arrive: in every second schedule none, so that nothing is mended by what is brought in later. */
  readonly #lost: number
  /** How many die: in every second schedule nobody, so that nothing is mended by whoever takes over. */
  readonly #mostDeaths: number
  /** How soon something more happens at the provider: before anybody has looked, or after. */
  readonly #pace: number
  #deaths = 0
  #rounds = 0
  #position = 0
  #now: number
  #names = 0

  constructor(recording: Recording, seed: number, { mode, store = memoryStore() }: ScheduleOptions) {
    this.#recording = recording
    this.#fate = new Fate(seed)
    this.#lost = this.#fate.pick([0, 0.2])
    this.#mostDeaths = this.#fate.pick([0, 3])
    this.#pace = this.#fate.pick([0.05, 0.01])
    this.#mode = mode
    this.#store = store
    this.#provider = recordedProvider(recording, () => this.#position)
    this.#now = recording.endedAt.getTime()
  }

  /** Everything at any time, several times, or never; then what is left is brought in. */
  async unfold(): Promise<End> {
    await repeat(this.#store, this.#recording.begun)
    this.#crew = Array.from({ length: workers }, () => this.#hire())
    await this.#storm()
    return this.#calm()
  }

  /** Everything once, in its order, by one that nothing happens to. */
  async unfoldInOrder(): Promise<End> {
    await repeat(this.#store, this.#recording.begun)
    const deps = this.#depsOf()
    for (const { events } of this.#recording.moments) {
      for (const event of events) await this.#deliver(deps, event)
      await workOffEvents(deps)
      this.#position += 1
    }
    this.#position -= 1
    return this.#calm()
  }

  async #storm(): Promise<void> {
    const { moments } = this.#recording
    const waiting = this.#copiesAt(0)
    const last = moments.length - 1
    while (waiting.length > 0 || this.#position < last || !this.#fate.isQuiet) {
      this.#now += this.#fate.between(0, 500)
      if (this.#position < last && this.#fate.happens(this.#pace)) waiting.push(...this.#copiesAt(this.#advance()))
      if (waiting.length > 0 && this.#fate.happens(0.3)) this.#deliverAny(waiting)
      this.#stir()
      await this.#fate.step()
    }
    this.#fate.getsLate()
    while (!this.#fate.isQuiet) await this.#fate.step()
  }

  #stir(): void {
    if (this.#rounds < mostRounds && this.#fate.happens(0.05)) this.#workOff()
    if (this.#deaths < this.#mostDeaths && this.#fate.happens(0.02)) this.#kill()
  }

  /** Nobody dies any more: what the provider knows is brought in once more, and what failed is tried again. */
  async #calm(): Promise<End> {
    const deps = this.#depsOf()
    this.#now += longerThanALease
    for (const { events } of this.#recording.moments) {
      for (const event of events) await this.#deliver(deps, event)
    }
    for (let rounds = 0; rounds < 3; rounds += 1) {
      this.#now += longerThanALease
      await workOffEvents(deps)
      await deliverEffects(deps)
    }
    return endOf(deps, this.#recording, this.#told)
  }

  #advance(): number {
    this.#position += 1
    return this.#position
  }

  /** Some never arrive, some several times. */
  #copiesAt(position: number): ProviderEvent[] {
    const events = this.#recording.moments[position]?.events ?? []
    return events.flatMap((event) => {
      if (this.#fate.happens(this.#lost)) return []
      return Array.from({ length: this.#fate.between(1, mostCopies) }, () => event)
    })
  }

  #deliverAny(waiting: ProviderEvent[]): void {
    const [event] = waiting.splice(this.#fate.between(0, waiting.length - 1), 1)
    if (event) this.#begin((deps) => this.#deliver(deps, event))
  }

  /** Whoever does it may die of it, or find the provider busy: the provider comes back. */
  #begin(work: (deps: Deps) => Promise<unknown>): void {
    const { deps } = this.#fate.pick(this.#crew)
    work(deps).catch(() => undefined)
  }

  #deliver(deps: Deps, { id }: ProviderEvent): Promise<unknown> {
    return receiveEvent(deps, { payload: Buffer.from(id), headers: {} })
  }

  #kill(): void {
    const victim = this.#fate.pick(this.#crew)
    victim.kill()
    this.#deaths += 1
    this.#crew = [...this.#crew.filter((each) => each !== victim), this.#hire()]
  }

  #workOff(): void {
    this.#rounds += 1
    this.#begin((deps) => workOffEvents(deps))
  }

  #newName(): string {
    this.#names += 1
    return `id-${this.#names}`
  }

  #hire(): { deps: Deps; kill: () => void } {
    return withFate(this.#depsOf(), this.#fate)
  }

  #depsOf(): Deps {
    const { deps } = openBench()
    return {
      ...deps,
      catalog: this.#recording.catalog,
      provider: this.#provider,
      store: this.#store,
      clock: { ...deps.clock, now: () => new Date(this.#now) },
      policy: { ...deps.policy, webhooks: this.#mode },
      listener: { hear: async ({ key }) => void this.#told.push(key) },
      newId: () => this.#newName(),
    }
  }
}
