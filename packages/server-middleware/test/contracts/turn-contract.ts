import { describe, expect, it } from 'vitest'
import { later, newCheckout, newPurchase, newSubscription, now, shareWorld, times, unique } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

const minute = 60_000

const leaseOf = (owner: string, from = now) => ({ owner, now: from, until: later(from, minute) })

export const describeLeases = (open: OpenStores): void => {
  describe('leases', () => {
    const world = shareWorld(open)

    it('are one’s of ten that ask at once', async () => {
      const { store, other } = world()
      const name = unique('job')
      const taking = times(10, (i) => (i % 2 ? store : other).leases.take(name, leaseOf(`owner-${i}`)))
      expect((await Promise.all(taking)).filter((taken) => taken)).toHaveLength(1)
    })

    it('are prolonged by whoever has them, and taken over by one when their time is over', async () => {
      const { store, other } = world()
      const name = unique('job')
      expect(await store.leases.take(name, leaseOf('a'))).toBe(true)
      expect(await store.leases.take(name, leaseOf('a', later(now, 1_000)))).toBe(true)
      expect(await other.leases.take(name, leaseOf('b', later(now, minute)))).toBe(false)
      const late = later(now, minute + 1_000)
      const taking = times(10, (i) => (i % 2 ? store : other).leases.take(name, leaseOf(`owner-${i}`, late)))
      expect((await Promise.all(taking)).filter((taken) => taken)).toHaveLength(1)
      expect(await store.leases.take(name, leaseOf('a', late))).toBe(false)
    })

    it('are free again when their owner gives them back, and not when somebody else does', async () => {
      const { store, other } = world()
      const name = unique('job')
      await store.leases.take(name, leaseOf('a'))
      await other.leases.release(name, 'b')
      expect(await other.leases.take(name, leaseOf('b'))).toBe(false)
      await store.leases.release(name, 'a')
      expect(await other.leases.take(name, leaseOf('b'))).toBe(true)
    })
  })
}

export const describeMarks = (open: OpenStores): void => {
  describe('marks', () => {
    const world = shareWorld(open)

    it('are what was saved last', async () => {
      const { store, other } = world()
      const name = unique('walk')
      expect(await store.marks.find(name)).toBeNull()
      await store.marks.save(name, { startedAt: now, cursor: 'evt_1', since: later(now, -minute) })
      expect(await other.marks.find(name)).toEqual({ startedAt: now, cursor: 'evt_1', since: later(now, -minute) })
      await other.marks.save(name, { startedAt: now, cursor: null, since: null })
      expect(await store.marks.find(name)).toEqual({ startedAt: now, cursor: null, since: null })
    })
  })
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id)

export const describeUnsettled = (open: OpenStores): void => {
  describe('what is not settled', () => {
    const world = shareWorld(open)

    it('is every checkout that is open, or complete and not paid, page by page', async () => {
      const { checkouts } = world().store
      const accountRef = unique('account')
      const all = times(4, (i) => newCheckout({ accountRef, slot: `slot-${i}` }))
      for (const checkout of all) await checkouts.open(checkout)
      const [first, second, third] = all
      const closed = { paid: false, providerSubscriptionId: null }
      await checkouts.close(first?.id ?? '', { ...closed, status: 'expired' })
      await checkouts.close(second?.id ?? '', { ...closed, status: 'complete', paid: true })
      await checkouts.close(third?.id ?? '', { ...closed, status: 'complete' })

      const unsettled = ids(all.slice(2).toSorted(byId))
      const page = { accountRef, limit: 1 }
      expect(ids(await checkouts.listUnsettled({ ...page, after: null }))).toEqual(unsettled.slice(0, 1))
      expect(ids(await checkouts.listUnsettled({ ...page, after: unsettled[0] ?? '' }))).toEqual(unsettled.slice(1))
      expect(await checkouts.listUnsettled({ ...page, after: unsettled[1] ?? '' })).toEqual([])
    })

    it('is every purchase that the provider knows of and that is not over', async () => {
      const { purchases } = world().store
      const accountRef = unique('account')
      const paid = (changes = {}) =>
        newPurchase({ accountRef, packId: unique('pack'), providerPaymentId: unique('pi'), ...changes })
      const waiting = [paid(), paid({ status: 'processing' }), paid({ status: 'requires_action' })]
      const old = paid({ createdAt: later(now, -minute) })
      const others = [paid({ status: 'succeeded' }), paid({ status: 'canceled' }), newPurchase({ accountRef })]
      for (const purchase of [...waiting, old, ...others]) await purchases.open(purchase)
      const page = { accountRef, after: null, limit: 10 }
      expect(ids(await purchases.listUnsettled(page))).toEqual(ids([...waiting, old].toSorted(byId)))
      expect(ids(await purchases.listUnsettled({ ...page, since: now }))).toEqual(ids(waiting.toSorted(byId)))
    })

    it('is every subscription that has not ended', async () => {
      await using own = await open()
      const { subscriptions } = own.store
      const all = times(3, (i) => newSubscription({ status: i === 1 ? 'canceled' : 'active' }))
      for (const subscription of all) {
        await subscriptions.save(subscription, await subscriptions.startFetch(subscription.providerSubscriptionId), now)
      }
      await subscriptions.startFetch(unique('sub'))
      const live = [all[0], all[2]].map((each) => each?.providerSubscriptionId ?? '').toSorted()
      const [first] = await subscriptions.listLive({ after: null, limit: 1 })
      expect(first?.providerSubscriptionId).toBe(live[0])
      const rest = await subscriptions.listLive({ after: live[0] ?? '', limit: 10 })
      expect(rest.map(({ providerSubscriptionId }) => providerSubscriptionId)).toEqual(live.slice(1))
    })
  })
}
