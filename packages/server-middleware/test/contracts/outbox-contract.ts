import { describe, expect, it } from 'vitest'
import type { EffectOf } from '../../src/domain/event.ts'
import type { Notification } from '../../src/domain/notification.ts'
import type { Outbox, OutboxPosition } from '../../src/ports/outbox.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { later, now, times, unique } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

const minute = 60_000
const leaseOf = (owner: string, from = now) => ({ owner, now: from, until: later(from, minute) })
const failure = { error: 'no post today', now, retryAt: later(now, minute) }
const dead = { ...failure, retryAt: null }

type Effect = EffectOf<'purchase.succeeded'>

const newEffect = (changes: Partial<Effect> = {}): Effect => ({
  key: unique('effect'),
  type: 'purchase.succeeded',
  accountId: 'acme',
  paymentId: 'pi_1',
  packId: 'small',
  packName: 'Small pack',
  unit: 'uses',
  credits: 100,
  amountMinor: 500,
  currency: 'usd',
  ...changes,
})

const newNotification = (accountId = 'acme'): Notification<'receipt'> => {
  const recipient = { email: 'owner@example.com', name: null, locale: 'en-US' }
  return { key: unique('notification'), kind: 'receipt', effect: newEffect({ accountId }), recipient }
}

export const describeOutboxes = (open: OpenStores): void => {
  describe('effects', () => {
    describeOutbox(open, { of: (store) => store.effects, make: newEffect })
  })
  describe('notifications', () => {
    describeOutbox(open, { of: (store) => store.notifications, make: newNotification })
    describeErasure(open)
  })
}

type Kind<Item extends { key: string }> = { of: (store: BillingStore) => Outbox<Item>; make: () => Item }

const describeOutbox = <Item extends { key: string }>(open: OpenStores, kind: Kind<Item>): void => {
  const { of, make } = kind
  const openOutbox = async (work: (outbox: Outbox<Item>, other: Outbox<Item>) => Promise<void>) => {
    await using world = await open()
    await work(of(world.store), of(world.other))
  }
  describeClaims(openOutbox, make)
  describeDue(openOutbox, make)
  describeUpkeep(openOutbox, make)
}

type OpenOutbox<Item extends { key: string }> = (
  work: (outbox: Outbox<Item>, other: Outbox<Item>) => Promise<void>,
) => Promise<void>

const describeClaims = <Item extends { key: string }>(openOutbox: OpenOutbox<Item>, make: () => Item): void => {
  it('give an item to one of ten that claim it at once', () =>
    openOutbox(async (outbox, other) => {
      const item = make()
      const claims = await Promise.all(times(10, (i) => (i % 2 ? outbox : other).claim(item, leaseOf(`owner-${i}`))))
      expect(claims.map(({ outcome }) => outcome).toSorted()).toEqual([...times(9, () => 'busy'), 'mine'])
    }))

  it('are done with an item that was sent, and with one that is dead', () =>
    openOutbox(async (outbox) => {
      const [sent, given] = [make(), make()]
      for (const item of [sent, given]) await outbox.claim(item, leaseOf('a'))
      await outbox.sent(sent.key, 'a', now)
      await outbox.fail(given.key, 'a', dead)
      for (const item of [sent, given])
        expect(await outbox.claim(item, leaseOf('b', later(now, 2 * minute)))).toEqual({ outcome: 'done' })
    }))

  it('give one that failed to the next who claims it, before its time', () =>
    openOutbox(async (outbox) => {
      const item = make()
      await outbox.claim(item, leaseOf('a'))
      await outbox.fail(item.key, 'a', failure)
      expect(await outbox.claim(item, leaseOf('b'))).toEqual({ outcome: 'mine', attempts: 2 })
    }))

  it('hand an item over when its lease has run out, and not before', () =>
    openOutbox(async (outbox) => {
      const item = make()
      expect(await outbox.claim(item, leaseOf('a'))).toEqual({ outcome: 'mine', attempts: 1 })
      expect(await outbox.claim(item, leaseOf('b', later(now, minute - 1)))).toEqual({ outcome: 'busy' })
      expect(await outbox.claim(item, leaseOf('b', later(now, minute)))).toEqual({ outcome: 'mine', attempts: 2 })
      await outbox.sent(item.key, 'a', now)
      expect(await outbox.find(item.key)).toMatchObject({ state: 'pending', settledAt: null })
      await outbox.sent(item.key, 'b', now)
      expect(await outbox.find(item.key)).toMatchObject({ state: 'sent', settledAt: now, dueAt: null })
    }))
}

const describeDue = <Item extends { key: string }>(openOutbox: OpenOutbox<Item>, make: () => Item): void => {
  const keysOf = (due: readonly { item: Item }[]) => due.map(({ item }) => item.key)

  it('take an item in once, however often and by whomever it is added', () =>
    openOutbox(async (outbox, other) => {
      const items = times(3, make)
      await Promise.all(times(6, (i) => (i % 2 ? outbox : other).add(items, now)))
      await outbox.add([], now)
      const due = await outbox.claimDue(leaseOf('a'), 10)
      expect(keysOf(due).toSorted()).toEqual(items.map(({ key }) => key).toSorted())
      const [first] = due
      expect(first).toEqual({
        item: items.find(({ key }) => key === first?.item.key),
        state: 'pending',
        attempts: 1,
        error: null,
        addedAt: now,
        dueAt: later(now, minute),
        settledAt: null,
      })
    }))

  it('give out the longest due first, no more than was asked for', () =>
    openOutbox(async (outbox) => {
      const [early, late] = [make(), make()]
      await outbox.add([late], later(now, 1))
      await outbox.add([early], now)
      expect(keysOf(await outbox.claimDue(leaseOf('a', later(now, 5)), 1))).toEqual([early.key])
      expect(keysOf(await outbox.claimDue(leaseOf('b', later(now, 5)), 1))).toEqual([late.key])
      expect(await outbox.claimDue(leaseOf('c', later(now, 5)), 1)).toEqual([])
    }))

  it('give each item to one of ten that ask at once', () =>
    openOutbox(async (outbox, other) => {
      const items = times(20, make)
      await outbox.add(items, now)
      const due = await Promise.all(times(10, (i) => (i % 2 ? outbox : other).claimDue(leaseOf(`owner-${i}`), 20)))
      expect(keysOf(due.flat()).toSorted()).toEqual(items.map(({ key }) => key).toSorted())
    }))

  it('give a failed item out when its time has come, a dead one never', () =>
    openOutbox(async (outbox) => {
      const [failed, given] = [make(), make()]
      for (const item of [failed, given]) await outbox.claim(item, leaseOf('a'))
      await outbox.fail(failed.key, 'a', failure)
      await outbox.fail(given.key, 'a', dead)
      expect(await outbox.claimDue(leaseOf('b', later(now, minute - 1)), 10)).toEqual([])
      const due = await outbox.claimDue(leaseOf('b', later(now, minute)), 10)
      expect(due).toMatchObject([{ item: { key: failed.key }, attempts: 2, error: 'no post today' }])
    }))

  it('give out what a process that died has left', () =>
    openOutbox(async (outbox) => {
      await outbox.claim(make(), leaseOf('dead'))
      expect(await outbox.claimDue(leaseOf('b', later(now, minute - 1)), 10)).toEqual([])
      expect(await outbox.claimDue(leaseOf('b', later(now, minute)), 10)).toHaveLength(1)
    }))
}

const describeUpkeep = <Item extends { key: string }>(openOutbox: OpenOutbox<Item>, make: () => Item): void => {
  it('count what waits, what failed and what is dead', () =>
    openOutbox(async (outbox) => {
      expect(await outbox.state()).toEqual({ oldestPendingAt: null, pending: 0, failed: 0, dead: 0 })
      const [sent, failed, given, waiting] = [make(), make(), make(), make()]
      for (const [i, item] of [sent, given, failed, waiting].entries())
        await outbox.claim(item, leaseOf('a', later(now, i)))
      await outbox.sent(sent.key, 'a', now)
      await outbox.fail(failed.key, 'a', failure)
      await outbox.fail(given.key, 'a', dead)
      expect(await outbox.state()).toEqual({ oldestPendingAt: later(now, 2), pending: 1, failed: 1, dead: 1 })
    }))

  it('list what is in a state, the newest first, page by page', () =>
    openOutbox(async (outbox) => {
      const items = times(3, make)
      for (const [i, item] of items.entries()) {
        await outbox.claim(item, leaseOf('a', later(now, i)))
        await outbox.fail(item.key, 'a', dead)
      }
      const keysOf = async (before: OutboxPosition | null) =>
        (await outbox.list(['dead', 'failed'], { before, limit: 2 })).map(({ item }) => item.key)

      expect(await keysOf(null)).toEqual([items[2]?.key, items[1]?.key])
      expect(await keysOf({ addedAt: later(now, 1), key: items[1]?.key ?? '' })).toEqual([items[0]?.key])
      expect(await outbox.list(['sent'], { before: null, limit: 2 })).toEqual([])
    }))

  it('leave none out of a list that were added at one moment', () =>
    openOutbox(async (outbox) => {
      const items = times(5, make)
      await outbox.add(items, now)
      const listed: string[] = []
      for (let before: OutboxPosition | null = null; listed.length < 5; ) {
        const [first] = await outbox.list(['pending'], { before, limit: 1 })
        if (!first) break
        listed.push(first.item.key)
        before = { addedAt: first.addedAt, key: first.item.key }
      }
      expect(listed.toSorted()).toEqual(items.map(({ key }) => key).toSorted())
    }))

  it('make a dead item due again, but not one that somebody is at, or that was sent', () =>
    openOutbox(async (outbox) => {
      const item = make()
      await outbox.claim(item, leaseOf('a'))
      expect(await outbox.requeue(item.key, now)).toBe(false)
      await outbox.fail(item.key, 'a', dead)
      expect(await outbox.requeue(item.key, now)).toBe(true)
      expect(await outbox.claimDue(leaseOf('b'), 10)).toMatchObject([{ item: { key: item.key }, attempts: 1 }])
      await outbox.sent(item.key, 'b', now)
      expect(await outbox.requeue(item.key, now)).toBe(false)
      expect(await outbox.find(item.key)).toMatchObject({ state: 'sent' })
      expect(await outbox.requeue(unique('nothing'), now)).toBe(false)
    }))
}

const describeErasure = (open: OpenStores): void => {
  it('forget what was written about an account, sent or not', async () => {
    await using world = await open()
    const { notifications } = world.store
    const [sent, waiting, others] = [newNotification('acme'), newNotification('acme'), newNotification('other')]
    await notifications.add([sent, waiting, others], now)
    await notifications.claim(sent, leaseOf('a'))
    await notifications.sent(sent.key, 'a', now)
    expect(await notifications.erase('acme')).toBe(2)
    expect(await notifications.find(sent.key)).toBeNull()
    expect(await notifications.find(others.key)).toMatchObject({ item: others })
    expect(await notifications.erase('acme')).toBe(0)
  })
}
