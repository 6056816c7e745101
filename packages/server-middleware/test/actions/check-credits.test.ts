import { expect, it } from 'vitest'
import { checkCredits } from '../../src/actions/check-credits.ts'
import type { Balance } from '../../src/domain/credits/operation.ts'
import { alice, openBench } from './deps.ts'

/** A ledger of which this process knows so much, while so much is in the database. */
const openLedger = async (known: number | null, there: number) => {
  const { deps } = openBench()
  const empty = await deps.store.ledger.read({
    accountRef: '',
    unit: 'uses',
    freeUses: 0,
    overdraft: 0,
    shortfall: 'debt',
  })
  const withCredits = (available: number): Balance => ({ ...empty, available })
  const peek = () => (known === null ? null : withCredits(known))
  const ledger = { ...deps.store.ledger, peek, read: async () => withCredits(there) }
  return { ...deps, store: { ...deps.store, ledger } }
}

it.each([
  ['a yes comes from what this process knows', { known: 5, there: 0, allowed: true }],
  ['a no does not: somebody else may have granted', { known: 0, there: 5, allowed: true }],
  ['a no is what the database says', { known: 1, there: 2, allowed: false }],
  ['what this process does not know is read', { known: null, there: 5, allowed: true }],
])('%s', async (_fact, { known, there, allowed }) => {
  const deps = await openLedger(known, there)
  expect(await checkCredits(deps, { ...alice, credits: 3 })).toMatchObject({ allowed })
})
