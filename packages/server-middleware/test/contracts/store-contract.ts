import { describe, expect, it } from 'vitest'
import { describeAccounts } from './account-contract.ts'
import { describeAudit } from './audit-contract.ts'
import { describeChanges, describeHistories } from './change-contract.ts'
import { describeCheckouts } from './checkout-contract.ts'
import { describeEvents } from './inbox-contract.ts'
import { describeLedger } from './ledger-contract.ts'
import { describePortalVisits, describeRequests } from './log-contract.ts'
import { describeMirrors } from './mirror-contract.ts'
import { describeOutboxes } from './outbox-contract.ts'
import { describePurchases } from './purchase-contract.ts'
import type { OpenStores } from './store-world.ts'
import { describeSubscriptions } from './subscription-contract.ts'
import { describeLeases, describeMarks, describeUnsettled } from './turn-contract.ts'

/** What every store must do; `open` gives two instances on the same, empty rows. */
export const describeStore = (name: string, open: OpenStores): void => {
  describe(`a store: ${name}`, () => {
    describeAccounts(open)
    describePurchases(open)
    describeCheckouts(open)
    describeSubscriptions(open)
    describeChanges(open)
    describeHistories(open)
    describeMirrors(open)
    describeEvents(open)
    describeOutboxes(open)
    describeRequests(open)
    describePortalVisits(open)
    describeLeases(open)
    describeMarks(open)
    describeUnsettled(open)
    describeLedger(open)
    describeAudit(open)

    it('has nothing left to make after a migration, and answers a ping', async () => {
      await using world = await open()
      expect(await world.store.migrate()).toEqual([])
      await world.store.ping()
    })
  })
}
