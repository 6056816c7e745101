import type { StripeSimulator } from '@paywright/stripe-simulator'
import { Host } from './host.ts'

/** How many are started before they are needed: that takes longer than most of what they live for. */
const spares = 2

/** Processes to live and die in. Who has survived goes on with the next life. */
export class Hosts implements AsyncDisposable {
  readonly #start: () => Promise<Host>
  readonly #waiting: Promise<Host>[]

  constructor(uri: string, stripe: StripeSimulator) {
    this.#start = () => Host.start(uri, stripe)
    this.#waiting = Array.from({ length: spares }, this.#start)
  }

  take(): Promise<Host> {
    const next = this.#waiting.shift() ?? this.#start()
    if (this.#waiting.length < spares) this.#waiting.push(this.#start())
    return next
  }

  giveBack(host: Host): void {
    this.#waiting.unshift(Promise.resolve(host))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const waiting of this.#waiting) await (await waiting).kill()
  }
}
