import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEntry, emptyState, type LedgerState } from '../../src/domain/credits/state.ts'
import { command } from './commands.ts'
import { depth } from './depth.ts'
import { flawsOf } from './sound.ts'
import { quickHash, TwoBooks } from './two-books.ts'

test('a book agrees with a list of coins, whatever happens to both', { timeout: 600_000 }, () => {
  const commands = fc.array(command, { minLength: 40, maxLength: 60 })
  const overdrafts = fc.constantFrom(0, 0, 0, 7)
  const run = (freeUses: number, overdraft: number, story: Parameters<TwoBooks['obey']>[0][]) => {
    const books = new TwoBooks(freeUses, overdraft)
    for (const each of story) {
      books.obey(each)
      books.expectSame()
    }
    expect(flawsOf(books.entries, quickHash)).toEqual([])
    expect(books.entries.reduce<LedgerState>(applyEntry, emptyState)).toEqual(books.state)
  }

  fc.assert(fc.property(fc.nat(12), overdrafts, commands, run), { numRuns: depth(2_000, 20_000) })
})
