import { describe, expect, it } from 'vitest'
import type { Subscription } from '../../src/domain/subscription.ts'
import { termsOf, toSubscriptionChange } from '../../src/domain/subscription-change.ts'
import { later, newAttempt, newSubscription, now, shareWorld, times, unique } from './store-fixtures.ts'
import type { OpenStores, StoreWorld } from './store-world.ts'

const saveIn = async ({ store }: Pick<StoreWorld, 'store'>, subscription: Subscription, at = now) => {
  const fetch = await store.subscriptions.startFetch(subscription.providerSubscriptionId)
  return store.subscriptions.save(subscription, fetch, at)
}

const numbersOf = ({ pending }: { pending: readonly { number: number }[] }) => pending.map(({ number }) => number)

/** What a save leaves behind to be told. */
export const describeChanges = (open: OpenStores): void => {
  describe('changes of subscriptions', () => {
    const world = shareWorld(open)

    it('are saved with the subscription, the first one included', async () => {
      const first = newSubscription()
      const created = await saveIn(world(), first)
      expect(created.pending).toEqual([{ number: 1, at: now, from: null, to: termsOf(first) }])
      const second = { ...first, status: 'past_due' as const }
      const changed = await saveIn(world(), second, later(now, 5))
      expect(changed.pending.slice(1)).toEqual([
        { number: 2, at: later(now, 5), from: termsOf(first), to: termsOf(second) },
      ])
    })

    it('are none where nothing changed', async () => {
      const subscription = newSubscription()
      await saveIn(world(), subscription)
      expect(numbersOf(await saveIn(world(), subscription))).toEqual([1])
    })

    it('are over when they were told, and never numbered again', async () => {
      const { subscriptions } = world().store
      const first = newSubscription()
      const id = first.providerSubscriptionId
      await saveIn(world(), first)
      await subscriptions.finishChange(id, 1)
      await subscriptions.finishChange(id, 1)
      expect(numbersOf(await saveIn(world(), first))).toEqual([])
      expect(numbersOf(await saveIn(world(), { ...first, planId: 'other' }))).toEqual([2])
    })

    it('are still to be told when a fetch comes too late', async () => {
      const { subscriptions } = world().store
      const first = newSubscription()
      const slow = await subscriptions.startFetch(first.providerSubscriptionId)
      await saveIn(world(), first)
      expect(await subscriptions.save(first, slow, now)).toMatchObject({ outcome: 'stale', pending: [{ number: 1 }] })
    })

    it('each have a number of their own, however many save at once', async () => {
      const { store, other } = world()
      const first = newSubscription()
      await Promise.all(times(8, (i) => saveIn({ store: i % 2 ? store : other }, { ...first, planId: `plan${i}` })))
      const { pending } = await saveIn(world(), { ...first, planId: 'last' })
      expect(numbersOf({ pending })).toEqual(times(pending.length, (i) => i + 1))
      const seams = pending.slice(1).map(({ from }, i) => from?.planId === pending[i]?.to.planId)
      expect(seams).not.toContain(false)
    })

    it('are found when they are old, the oldest first', async () => {
      await using fresh = await open()
      const { subscriptions } = fresh.store
      const [older, newer, told] = [newSubscription(), newSubscription(), newSubscription()]
      await saveIn(fresh, newer, later(now, 2))
      await saveIn(fresh, older, later(now, 1))
      await saveIn(fresh, told, now)
      await subscriptions.finishChange(told.providerSubscriptionId, 1)
      const found = await subscriptions.listUnfinished(later(now, 3), 10)
      expect(found.map(({ subscription }) => subscription)).toEqual([older, newer])
      expect(found.map(numbersOf)).toEqual([[1], [1]])
      expect(await subscriptions.listUnfinished(later(now, 2), 10)).toHaveLength(1)
      expect(await subscriptions.listUnfinished(later(now, 3), 1)).toHaveLength(1)
    })
  })
}

export const describeHistories = (open: OpenStores): void => {
  describe('histories', () => {
    const world = shareWorld(open)

    it('keep the first of two changes with one number', async () => {
      const { subscriptionChanges } = world().store
      const subscription = newSubscription()
      const terms = termsOf(subscription)
      const change = toSubscriptionChange(subscription, { number: 1, at: now, from: null, to: terms }, false)
      expect(await subscriptionChanges.add(change)).toBe('added')
      expect(await subscriptionChanges.add({ ...change, kind: 'other' })).toBe('known')
      expect(await subscriptionChanges.list(subscription.accountRef)).toEqual([change])
    })

    it("list an account's own, the oldest first", async () => {
      const { paymentAttempts } = world().store
      const accountRef = unique('account')
      const [second, first] = [newAttempt({ accountRef, at: later(now, 1) }), newAttempt({ accountRef })]
      for (const each of [second, first, newAttempt()]) expect(await paymentAttempts.add(each)).toBe('added')
      expect(await paymentAttempts.add(first)).toBe('known')
      expect(await paymentAttempts.list(accountRef)).toEqual([first, second])
    })

    it('of payments forget the cards of one account for good', async () => {
      const { paymentAttempts } = world().store
      const [mine, other] = [newAttempt(), newAttempt()]
      for (const each of [mine, other]) await paymentAttempts.add(each)
      expect(await paymentAttempts.erase(mine.accountRef)).toBe(1)
      expect(await paymentAttempts.erase(mine.accountRef)).toBe(0)
      expect(await paymentAttempts.add(mine)).toBe('known')
      expect(await paymentAttempts.list(mine.accountRef)).toEqual([{ ...mine, cardBrand: null, cardCountry: null }])
      expect(await paymentAttempts.list(other.accountRef)).toEqual([other])
    })
  })
}
