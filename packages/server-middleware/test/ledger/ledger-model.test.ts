import { describe, expect, it } from 'vitest'
import type { BookEntry } from '../../src/domain/credits/entry.ts'
import { Archiver, type Parcel } from '../../src/mongo/ledger/archiver.ts'
import type { Snapshot } from '../../src/mongo/ledger/snapshot.ts'
import { depth } from './depth.ts'
import type { Cluster } from './model/cluster.ts'
import { findFault } from './model/explore.ts'
import { FaultyBooks, type Writing } from './model/faulty-books.ts'
import { shipped } from './model/story.ts'

const stories = depth(10_000, 100_000)

it('loses, doubles and refuses nothing, whatever is lost or taken back on the way and whoever dies', {
  timeout: stories * 60,
}, async () => {
  const anywhere = Math.floor(Math.random() * 2 ** 30)

  expect(await findFault(shipped, anywhere, stories)).toBeNull()
})

class BooksWithoutArchive extends FaultyBooks {
  override async findArchived(): Promise<readonly BookEntry[]> {
    return []
  }
}

class BooksThatCount extends FaultyBooks {
  protected override follow(snapshot: Snapshot, writing: Writing): Snapshot {
    return { ...super.follow(snapshot, writing), rev: String(Number(snapshot.rev ?? 0) + 1) }
  }
}

class CredulousBooks extends FaultyBooks {
  protected override look(cluster: Cluster): Snapshot {
    return cluster.primaryBook
  }
}

class HastyArchiver extends Archiver {
  override add(parcel: Parcel): void {
    super.add(parcel)
    parcel.onArchived()
  }
}

describe('the model', () => {
  const mutants = [
    { fault: 'the archive is not asked for keys that have left the document', Books: BooksWithoutArchive },
    { fault: '`rev` is a count, which two branches may reach', Books: BooksThatCount },
    { fault: 'entries leave the document before the archive has acknowledged them', Archive: HastyArchiver },
    { fault: 'a book is read before the majority has it', Books: CredulousBooks },
  ]

  it.each(mutants)('finds the fault when $fault', { timeout: 120_000 }, async ({ fault: _, ...parts }) => {
    expect(await findFault({ ...shipped, ...parts }, 0, 10_000)).not.toBeNull()
  })
})
