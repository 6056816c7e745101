import type { BookEntry } from '../../domain/credits/entry.ts'
import type { OpenedBook } from '../../ports/ledger.ts'
import type { Rows } from '../rows.ts'
import {
  type ArchivedDocument,
  archivedIdOf,
  fromArchived,
  type LedgerDocument,
  toRecent,
  toState,
} from './documents.ts'

/** A book, but for the hash that its entries are sealed with. */
export type StoredBook = Omit<OpenedBook, 'hash'>

export type BookRows = { ledgers: Rows<LedgerDocument>; archive: Rows<ArchivedDocument> }

/**
 * Book after book, with no more in memory than a portion. Ledgers and archive are read side by side in the order of the
 * archive's index; a book that is written to meanwhile is read as its document was.
 */
export async function* openBooks(rows: BookRows, ledgerId?: string): AsyncIterable<StoredBook> {
  const [ids, owned] = ledgerId === undefined ? [{}, {}] : [{ _id: ledgerId }, entriesOf(ledgerId)]
  const archived = new Pile(rows.archive.each(owned, byId))
  for await (const documents of rows.ledgers.each(ids, byId)) {
    for (const document of documents) yield open(rows, document, archived)
  }
}

const byId = { sort: { _id: 1 } } as const

/** A ledger's entries in the archive, or those between two of them. */
export const entriesOf = (ledgerId: string, before: number | null = null, after = 0) => ({
  _id: {
    $gt: archivedIdOf(ledgerId, after),
    $lt: before === null ? `${ledgerId}#~` : archivedIdOf(ledgerId, before),
  },
})

const open = (rows: BookRows, document: LedgerDocument, archived: Pile): StoredBook => ({
  id: document._id,
  state: toState(document),
  entries: readEntries(rows, document, archived),
})

/** What the archive has, as far as the document goes; then what only the document has. */
async function* readEntries(
  { archive }: BookRows,
  document: LedgerDocument,
  archived: Pile,
): AsyncIterable<readonly BookEntry[]> {
  let last = 0
  for await (const found of archived.take(document._id)) {
    const entries = found.map(fromArchived).filter(({ seq }) => seq <= document.seq)
    last = entries.at(-1)?.seq ?? last
    yield entries
  }
  const recent = toRecent(document).filter(({ seq }) => seq > last)
  const next = recent[0]?.seq ?? document.seq + 1
  // Archived after the archive was read, and gone from the document before that was.
  if (next > last + 1) yield (await archive.list(entriesOf(document._id, next, last), byId)).map(fromArchived)
  yield recent
}

/** Archived entries of one ledger after another, the least id first. */
class Pile {
  readonly #portions: AsyncIterator<readonly ArchivedDocument[]>
  #portion: readonly ArchivedDocument[] = []

  constructor(portions: AsyncIterable<readonly ArchivedDocument[]>) {
    this.#portions = portions[Symbol.asyncIterator]()
  }

  /** Those of a ledger. What is left of lesser ids belongs to ledgers that were made since. */
  async *take(ledgerId: string): AsyncIterable<readonly ArchivedDocument[]> {
    for (;;) {
      const end = this.#portion.findIndex(({ ledger }) => ledger !== ledgerId && isBefore(ledgerId, ledger))
      const reached = end < 0 ? this.#portion : this.#portion.slice(0, end)
      const own = reached.filter(({ ledger }) => ledger === ledgerId)
      this.#portion = this.#portion.slice(reached.length)
      if (own.length > 0) yield own
      if (end >= 0 || !(await this.#more())) return
    }
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#portions.next()
    this.#portion = done ? [] : value
    return !done
  }
}

/** As MongoDB compares texts: by their bytes. */
const isBefore = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0
