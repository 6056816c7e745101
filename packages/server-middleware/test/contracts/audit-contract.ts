import { describe, expect, it } from 'vitest'
import { createAuditor } from '../../src/domain/credits/audit.ts'
import { ledgerIdOf } from '../../src/domain/credits/entry.ts'
import type { OpenedBook } from '../../src/ports/ledger.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { charge, grant, newLedger, shareWorld, times } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

const auditOf = async ({ state, entries, hash }: OpenedBook) => {
  const auditor = createAuditor(hash)
  for await (const portion of entries) auditor.read(portion)
  return auditor.finish(state)
}

const auditsOf = async ({ ledger }: BillingStore, ledgerId?: string) => {
  const audits = new Map<string, Awaited<ReturnType<typeof auditOf>>>()
  for await (const book of ledger.books(ledgerId)) audits.set(book.id, await auditOf(book))
  return audits
}

export const describeAudit = (open: OpenStores): void => {
  describe('the books, to be audited', () => {
    const world = shareWorld(open)

    it('are all there, each with all its entries, wherever those are kept', { timeout: 60_000 }, async () => {
      const { store } = world()
      const refs = times(12, () => newLedger(5))
      for (const ref of refs) await store.ledger.post(ref, grant('pack', 200))
      await Promise.all(refs.flatMap((ref) => times(80, (i) => store.ledger.post(ref, charge(`c${i}`)))))
      await store.close()
      await Promise.all(refs.slice(0, 6).map((ref) => store.ledger.post(ref, charge('last'))))
      const audits = await auditsOf(store)
      for (const [i, ref] of refs.entries()) {
        expect(audits.get(ledgerIdOf(ref))).toEqual({ entries: i < 6 ? 83 : 82, flaws: [] })
      }
    })

    it('are known by who was written in last', async () => {
      const { store } = world()
      const [one, other] = [newLedger(1), newLedger(1)]
      for (const [ref, key] of [
        [one, 'a'],
        [other, 'a'],
        [one, 'b'],
      ] as const)
        await store.ledger.post(ref, grant(key, 1))
      expect(store.ledger.recent(2)).toEqual([ledgerIdOf(one), ledgerIdOf(other)])
    })

    it('can be asked for by name', async () => {
      const { store } = world()
      const [one, other] = [newLedger(1), newLedger(1)]
      await store.ledger.post(one, charge('a'))
      await store.ledger.post(other, charge('a'))
      expect([...(await auditsOf(store, ledgerIdOf(one)))]).toEqual([[ledgerIdOf(one), { entries: 2, flaws: [] }]])
      expect(await auditsOf(store, ledgerIdOf(newLedger(1)))).toEqual(new Map())
    })
  })
}
