/** Numbers from 0 to 1, the same for the same seed. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Decides everything that the code under test does not: by its seed alone, so that a schedule can be seen again. */
export class Fate {
  readonly #random: () => number
  readonly #waiting: (() => void)[] = []
  readonly #laggards: (() => void)[] = []
  #isLate = false

  constructor(seed: number) {
    this.#random = randomFrom(seed)
  }

  happens(chance: number): boolean {
    return this.#random() < chance
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1))
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.between(0, from.length - 1)]
    if (picked === undefined) throw new Error('There is nothing to pick from.')
    return picked
  }

  /** Resolves when its turn has come: those who wait are taken in any order. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
    })
  }

  /** Resolves no sooner than it is late, when everybody else has had their turns. */
  lag(): Promise<void> {
    if (this.#isLate) return this.turn()
    return new Promise((resolve) => {
      this.#laggards.push(resolve)
    })
  }

  /** From now on those who lag have their turns, too. */
  getsLate(): void {
    this.#isLate = true
    this.#waiting.push(...this.#laggards.splice(0))
  }

  /** Nobody waits, but for those who lag. */
  get isQuiet(): boolean {
    return this.#waiting.length === 0
  }

  /** Lets somebody go on, as far as the next turn. */
  async step(): Promise<void> {
    const [next] = this.#waiting.splice(this.between(0, this.#waiting.length - 1), 1)
    next?.()
    await new Promise(setImmediate)
  }
}
