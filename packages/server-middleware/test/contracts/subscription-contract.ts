import { describe, expect, it } from 'vitest'
import { newSubscription, now, shareWorld, times, unique } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

export const describeSubscriptions = (open: OpenStores): void => {
  describe('subscriptions', () => {
    const world = shareWorld(open)

    it('numbers fetches, each with a number of its own', async () => {
      const { store, other } = world()
      const id = unique('subscription')
      const fetches = await Promise.all(times(10, (i) => (i % 2 ? store : other).subscriptions.startFetch(id)))
      expect(fetches.toSorted((a, b) => a - b)).toEqual(times(10, (i) => i + 1))
      expect(await store.subscriptions.find(id)).toBeNull()
    })

    it('saves over an older fetch, and says what was there before', async () => {
      const { subscriptions } = world().store
      const first = newSubscription()
      const id = first.providerSubscriptionId
      const second = { ...first, status: 'past_due' as const }
      expect(await subscriptions.save(first, await subscriptions.startFetch(id), now)).toMatchObject({
        outcome: 'saved',
        before: null,
        subscription: first,
      })
      expect(await subscriptions.save(second, await subscriptions.startFetch(id), now)).toMatchObject({
        outcome: 'saved',
        before: first,
        subscription: second,
      })
      expect(await subscriptions.find(id)).toEqual(second)
    })

    it('refuses a fetch that began before the one it has', async () => {
      const { subscriptions } = world().store
      const subscription = newSubscription()
      const id = subscription.providerSubscriptionId
      const [slow, quick] = [await subscriptions.startFetch(id), await subscriptions.startFetch(id)]
      await subscriptions.save(subscription, quick, now)
      const late = await subscriptions.save({ ...subscription, status: 'incomplete' }, slow, now)
      expect(late).toMatchObject({ outcome: 'stale', subscription })
      expect(await subscriptions.find(id)).toEqual(subscription)
    })

    it('refuses the same fetch twice', async () => {
      const { subscriptions } = world().store
      const subscription = newSubscription()
      const fetch = await subscriptions.startFetch(subscription.providerSubscriptionId)
      await subscriptions.save(subscription, fetch, now)
      expect(await subscriptions.save(subscription, fetch, now)).toMatchObject({ outcome: 'stale' })
    })

    it.each(['canceled', 'incomplete_expired'] as const)('never revives one that is %s', async (status) => {
      const { subscriptions } = world().store
      const ended = newSubscription({ status })
      const id = ended.providerSubscriptionId
      await subscriptions.save(ended, await subscriptions.startFetch(id), now)
      for (const other of ['active', status === 'canceled' ? 'incomplete_expired' : 'canceled'] as const) {
        const revived = await subscriptions.save({ ...ended, status: other }, await subscriptions.startFetch(id), now)
        expect(revived).toMatchObject({ outcome: 'stale', subscription: ended })
      }
    })

    it('still learns more about one that has ended', async () => {
      const { subscriptions } = world().store
      const ended = newSubscription({ status: 'canceled' })
      const id = ended.providerSubscriptionId
      await subscriptions.save(ended, await subscriptions.startFetch(id), now)
      const detailed = { ...ended, endedAt: new Date(0) }
      const saved = await subscriptions.save(detailed, await subscriptions.startFetch(id), now)
      expect(saved).toMatchObject({ outcome: 'saved', before: ended, subscription: detailed })
    })

    it('lets the newest of many parallel fetches win', async () => {
      const { store, other } = world()
      const subscription = newSubscription()
      const id = subscription.providerSubscriptionId
      const fetches = await Promise.all(times(8, () => store.subscriptions.startFetch(id)))
      await Promise.all(
        fetches.map((fetch, i) =>
          (i % 2 ? store : other).subscriptions.save({ ...subscription, planId: String(fetch) }, fetch, now),
        ),
      )
      expect(await store.subscriptions.find(id)).toMatchObject({ planId: String(Math.max(...fetches)) })
    })

    it("lists an account's own", async () => {
      const { subscriptions } = world().store
      const accountRef = unique('account')
      for (const each of [newSubscription({ accountRef }), newSubscription({ accountRef }), newSubscription()]) {
        await subscriptions.save(each, await subscriptions.startFetch(each.providerSubscriptionId), now)
      }
      expect((await subscriptions.list(accountRef)).map((each) => each.accountRef)).toEqual([accountRef, accountRef])
      expect(await subscriptions.list(unique('account'))).toEqual([])
    })
  })
}
