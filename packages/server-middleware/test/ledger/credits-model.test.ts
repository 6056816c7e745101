import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEntry, emptyState, type LedgerState } from '../../src/domain/credits/state.ts'
import { command } from './commands.ts'
import { depth } from './depth.ts'
import { flawsOf } from './sound.ts'
import { quickHash, TwoBooks } from './two-books.ts'

test('a book agrees with a list of coins, whatever happens to both', { timeout: depth(300_000, 3_600_000) }, () => {
  const commands = fc.array(command, { minLength: 40, maxLength: 60 })
  const policies = fc.record({
    overdraft: fc.constantFrom(0, 0, 0, 7),
    shortfall: fc.constantFrom('debt', 'other_grants', 'write_off'),
  })
  const run = (
    freeUses: number,
    policy: ConstructorParameters<typeof TwoBooks>[1],
    story: Parameters<TwoBooks['obey']>[0][],
  ) => {
    const books = new TwoBooks(freeUses, policy)
    for (const each of story) {
      books.obey(each)
      books.expectSame()
    }
    expect(flawsOf(books.entries, quickHash)).toEqual([])
    expect(books.entries.reduce<LedgerState>(applyEntry, emptyState)).toEqual(books.state)
  }

  fc.assert(fc.property(fc.nat(12), policies, commands, run), { numRuns: depth(2_000, 20_000) })
})
