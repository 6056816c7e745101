import { expect, it } from 'vitest'
import type { LedgerRef } from '../../src/domain/credits/operation.ts'
import { emptyState } from '../../src/domain/credits/state.ts'
import { BillingError } from '../../src/domain/errors.ts'
import type { Database } from '../../src/mongo/database.ts'
import { createBooks } from '../../src/mongo/ledger/books.ts'
import { unwritten } from '../../src/mongo/ledger/snapshot.ts'

const ledger: LedgerRef = { accountRef: 'acme', unit: 'uses', freeUses: 0, overdraft: 0, shortfall: 'debt' }

/** A database that carries out some of the writes of a call, and cannot be read then. */
const failingDatabase = (): Database => {
  const rows = {
    writeAll: async () => false,
    list: () => Promise.reject(new BillingError('store_unavailable', 'The database is gone.')),
  }
  return { rows: () => rows, migrate: async () => [], ping: async () => {} } as unknown as Database
}

it('says that an outcome is unknown when some books were written, and none can be read to see which', async () => {
  const books = createBooks(failingDatabase())

  const saving = books.save(ledger, unwritten, { state: emptyState, entries: [], archivedSeq: 0, turn: null })

  await expect(saving).rejects.toMatchObject({ code: 'outcome_unknown' })
})
