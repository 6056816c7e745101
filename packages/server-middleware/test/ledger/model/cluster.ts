import type { BookEntry } from '../../../src/domain/credits/entry.ts'
import type { ArchivedEntry } from '../../../src/mongo/ledger/books.ts'
import { type Snapshot, unwritten } from '../../../src/mongo/ledger/snapshot.ts'

type Change = { book?: Snapshot; entries?: readonly BookEntry[] }

/** What became of a write, as far as its writer is told. */
type Fortune = 'committed' | 'unknown'

type Pending = Change & { tell: ((fortune: Fortune) => void)[] }

/**
 * One book and its archive on a replica set. A write stands on the primary at once, and for good when the majority has
 * it: until then a fail-over may take it back, whole ends of the log at a time. Whoever waits for it is told nothing.
 */
export class Cluster {
  /** What the majority has. */
  book: Snapshot = unwritten
  readonly archive = new Map<number, BookEntry>()
  /** How often another member has been elected: what the one before was about ends with its lead. */
  term = 0
  /** What must never happen, and did. */
  readonly flaws: string[] = []
  #pending: Pending[] = []

  /** Another one with the same content. */
  copy(): Cluster {
    const copy = new Cluster()
    copy.book = this.book
    for (const [seq, entry] of this.archive) copy.archive.set(seq, entry)
    return copy
  }

  /** Writes that the majority does not have yet. */
  get pendingCount(): number {
    return this.#pending.length
  }

  /** The book as the primary has it, which the majority may not have. */
  get primaryBook(): Snapshot {
    return this.#pending.findLast(({ book }) => book)?.book ?? this.book
  }

  /** Every entry that the majority has, in order. A gap shows as a missing number. */
  entries(): readonly BookEntry[] {
    const all = new Map([...this.archive, ...this.book.recent.map((entry) => [entry.seq, entry] as const)])
    return [...all.values()].sort((a, b) => a.seq - b.seq)
  }

  write(change: Change): Promise<Fortune> {
    return new Promise((tell) => {
      this.#pending.push({ ...change, tell: [tell] })
    })
  }

  /** Copies an entry, unless it is there already. */
  insert({ entry }: ArchivedEntry): void {
    const there = this.#findOnPrimary(entry.seq)
    if (there && there.hash !== entry.hash) this.flaws.push(`two entries were archived as number ${entry.seq}`)
    if (!there) this.#pending.push({ entries: [entry], tell: [] })
  }

  /** What a write that changes nothing waits for: the majority has all that it saw. */
  settled(): Promise<Fortune> {
    const last = this.#pending.at(-1)
    return last ? new Promise((tell) => void last.tell.push(tell)) : Promise.resolve('committed')
  }

  /** The majority gets the next so many writes. */
  replicate(count: number): void {
    for (const { book, entries = [], tell } of this.#pending.splice(0, count)) {
      if (book) this.book = book
      for (const entry of entries) this.archive.set(entry.seq, entry)
      for (const each of tell) each('committed')
    }
  }

  /** Another member leads: it has so many of the writes that the majority lacks, and the others never were. */
  failOver(surviving: number): void {
    this.term += 1
    const broken = this.#pending.flatMap(({ tell }) => tell)
    this.#pending = this.#pending.slice(0, surviving).map((write) => ({ ...write, tell: [] }))
    for (const each of broken) each('unknown')
  }

  #findOnPrimary(seq: number): BookEntry | undefined {
    const pending = this.#pending.flatMap(({ entries = [] }) => entries)
    return pending.find((entry) => entry.seq === seq) ?? this.archive.get(seq)
  }
}
