import { type LedgerDocument, toArchived, toRecent } from './documents.ts'
import type { BookRows } from './open-books.ts'

/**
 * Copies entries that a process left behind to the archive, and marks their books clean. A book's `rev` stays as it is:
 * whoever writes in it meanwhile is not disturbed, and whoever has written since is right about what is archived.
 */
export const sweep = async (rows: BookRows, before: Date): Promise<number> => {
  let count = 0
  for await (const dirty of rows.ledgers.each({ dirtyAt: { $lt: before, $type: 'date' } }, { sort: { dirtyAt: 1 } })) {
    if (dirty.length > 0) await sweepSome(rows, dirty)
    count += dirty.length
  }
  return count
}

const sweepSome = async ({ ledgers, archive }: BookRows, dirty: readonly LedgerDocument[]): Promise<void> => {
  const left = dirty.flatMap(leftBehind)
  const there = await archive.list({ _id: { $in: left.map(({ _id }) => _id) } }, { projection: { _id: 1 } })
  const known = new Set(there.map(({ _id }) => _id))
  const missing = left.filter(({ _id }) => !known.has(_id))
  if (missing.length > 0) await archive.insertMissing(missing)
  await ledgers.writeAll(dirty.map(clean))
}

const leftBehind = (document: LedgerDocument) =>
  toRecent(document)
    .filter(({ seq }) => seq > document.archivedSeq)
    .map((entry) => toArchived(document._id, entry))

const clean = ({ _id, rev, seq }: LedgerDocument) => ({
  filter: { _id, rev },
  update: { $set: { archivedSeq: seq, dirtyAt: null } },
})
