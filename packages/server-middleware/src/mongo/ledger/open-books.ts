import type { BookEntry } from '../../domain/credits/entry.ts'
import type { OpenedBook } from '../../ports.ts'
import type { Rows } from '../rows.ts'
import { type ArchivedDocument, fromArchived, type LedgerDocument, toRecent, toState } from './documents.ts'

/** A book, but for the hash that its entries are sealed with. */
export type StoredBook = Omit<OpenedBook, 'hash'>

export type BookRows = { ledgers: Rows<LedgerDocument>; archive: Rows<ArchivedDocument> }

/**
 * Book after book, with no more in memory than a portion. Ledgers and archive are read side by side in the order of the
 * archive's index; a book that is written to meanwhile is read as its document was.
 */
export async function* openBooks({ ledgers, archive }: BookRows, ledgerId?: string): AsyncIterable<StoredBook> {
  const [ids, owners] = ledgerId === undefined ? [{}, {}] : [{ _id: ledgerId }, { ledger: ledgerId }]
  const archived = new Pile(archive.each(owners, { sort: { ledger: -1, seq: 1 } }))
  for await (const documents of ledgers.each(ids, { sort: { _id: -1 } })) {
    for (const document of documents) yield open(document, archived)
  }
}

const open = (document: LedgerDocument, archived: Pile): StoredBook => ({
  id: document._id,
  state: toState(document),
  entries: readEntries(document, archived),
})

/** What the archive has, as far as the document goes; then what only the document has. */
async function* readEntries(document: LedgerDocument, archived: Pile): AsyncIterable<readonly BookEntry[]> {
  let last = 0
  for await (const found of archived.take(document._id)) {
    const entries = found.filter(({ seq }) => seq <= document.seq).map(fromArchived)
    last = entries.at(-1)?.seq ?? last
    yield entries
  }
  yield toRecent(document).filter(({ seq }) => seq > last)
}

/** Archived entries of one ledger after another, the greatest id first. */
class Pile {
  readonly #portions: AsyncIterator<readonly ArchivedDocument[]>
  #portion: readonly ArchivedDocument[] = []

  constructor(portions: AsyncIterable<readonly ArchivedDocument[]>) {
    this.#portions = portions[Symbol.asyncIterator]()
  }

  /** Those of a ledger. What is left of greater ids belongs to ledgers that were made since. */
  async *take(ledgerId: string): AsyncIterable<readonly ArchivedDocument[]> {
    for (;;) {
      const end = this.#portion.findIndex(({ ledger }) => isBefore(ledger, ledgerId))
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
