import { expect, test } from 'vitest'
import { createAccount } from '../../src/actions/create-account.ts'
import { readCredits } from '../../src/actions/read-credits.ts'
import { defineCatalog } from '../../src/domain/define-catalog.ts'
import { alice, openBench } from './deps.ts'

const broughtAlong = async (initialBalanceMinor: number, pack: { credits: number; amountMinor: number }) => {
  const { deps } = openBench()
  const catalog = defineCatalog({
    currency: 'usd',
    freePlan: 'free',
    plans: { free: { name: 'Free' } },
    packs: { only: { name: 'Pack', ...pack } },
  })
  const bench = { ...deps, catalog }
  await createAccount(bench, { identity: alice, initialBalanceMinor })
  return (await readCredits(bench, alice)).available
}

const twentyForFive = { credits: 20, amountMinor: 500 }
const small = { credits: 900_000_001, amountMinor: 1_000 }
const exact = Number((99_999_999n * 900_000_001n) / 1_000n)

test.each([
  { fact: 'the price of half a pack brings half of it', balance: 250, pack: twentyForFive, credits: 10 },
  { fact: 'what is too little for one credit brings none', balance: 24, pack: twentyForFive, credits: 0 },
  { fact: 'a large balance of small credits is exact', balance: 99_999_999, pack: small, credits: exact },
])('$fact', async ({ balance, pack, credits }) => {
  expect(await broughtAlong(balance, pack)).toBe(credits)
})

test('a pack that costs nothing cannot be offered', () => {
  expect(offerGift).toThrow(/must cost something/)
})

const offerGift = () =>
  defineCatalog({
    currency: 'usd',
    freePlan: 'free',
    plans: { free: { name: 'Free' } },
    packs: { gift: { name: 'Gift', credits: 1, amountMinor: 0 } },
  })
