import { describe, expect, it } from 'vitest'
import type { EventInbox } from '../../src/ports/inbox.ts'
import { later, newEvent, now, shareWorld, times, unique } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

const minute = 60_000
const leaseOf = (owner: string, from = now) => ({ owner, now: from, until: later(from, minute) })
const mine = { outcome: 'mine', attempts: 1 }
const failure = { error: 'no database', now, retryAt: later(now, minute) }

/** An inbox of its own, so that nobody else's events are due in it. */
const openInbox = async (open: OpenStores, work: (inbox: EventInbox, other: EventInbox) => Promise<void>) => {
  await using fresh = await open()
  await work(fresh.store.events, fresh.other.events)
}

export const describeEvents = (open: OpenStores): void => {
  describe('events', () => {
    describeClaims(open)
    describeDue(open)
    describeUpkeep(open)
  })
}

const describeClaims = (open: OpenStores): void => {
  const world = shareWorld(open)

  it('gives an event to one of ten that claim it at once', async () => {
    const { store, other } = world()
    const event = newEvent()
    const claims = await Promise.all(
      times(10, (i) => (i % 2 ? store : other).events.claim(event, leaseOf(`owner-${i}`))),
    )
    expect(claims.map(({ outcome }) => outcome).toSorted()).toEqual([...times(9, () => 'busy'), 'mine'])
  })

  it.each(['done', 'ignored'] as const)('is done with an event that is %s', async (state) => {
    const { events } = world().store
    const event = newEvent()
    await events.claim(event, leaseOf('a'))
    await events.settle([event.id], 'a', { state, now })
    expect(await events.claim(event, leaseOf('b', later(now, 2 * minute)))).toEqual({ outcome: 'done' })
  })

  it.each([
    ['failed', failure.retryAt],
    ['dead', null],
  ])('gives one that is %s to the next who asks', async (_state, retryAt) => {
    const { events } = world().store
    const event = newEvent()
    await events.claim(event, leaseOf('a'))
    await events.fail(event.id, 'a', { ...failure, retryAt })
    expect(await events.claim(event, leaseOf('b'))).toEqual({ outcome: 'mine', attempts: 2 })
  })

  it('hands an event over when its lease has run out, and not before', async () => {
    const { events } = world().store
    const event = newEvent()
    expect(await events.claim(event, leaseOf('a'))).toEqual(mine)
    expect(await events.claim(event, leaseOf('b', later(now, minute - 1)))).toEqual({ outcome: 'busy' })
    expect(await events.claim(event, leaseOf('b', later(now, minute)))).toEqual({ outcome: 'mine', attempts: 2 })
  })

  it('lets nobody settle an event that somebody else has taken over', async () => {
    const { events } = world().store
    const event = newEvent()
    await events.claim(event, leaseOf('slow'))
    await events.claim(event, leaseOf('next', later(now, minute)))
    await events.settle([event.id], 'slow', { state: 'done', now })
    await events.fail(event.id, 'slow', { ...failure, error: 'late' })
    expect(await events.find(event.id)).toMatchObject({ state: 'received', error: null, settledAt: null })
    await events.settle([event.id], 'next', { state: 'done', now })
    expect(await events.find(event.id)).toMatchObject({ state: 'done', settledAt: now, dueAt: null })
  })
}

const describeDue = (open: OpenStores): void => {
  it('adds an event once, whoever brings it', () =>
    openInbox(open, async (inbox, other) => {
      const event = newEvent()
      const added = await Promise.all(times(10, (i) => (i % 2 ? inbox : other).add(event, now)))
      expect(added.toSorted()).toEqual(['added', ...times(9, () => 'known')])
      expect(await inbox.claimDue(leaseOf('a'), 10)).toMatchObject([{ ...event, attempts: 1, state: 'received' }])
    }))

  it('gives out all that is due of a subject together, the longest due first', () =>
    openInbox(open, async (inbox) => {
      const of = (subject: string) => newEvent({ subject })
      const [late, early, alsoLate] = [of('b'), of('a'), of('b')]
      await inbox.add(early, now)
      await inbox.add(late, later(now, 1))
      await inbox.add(alsoLate, later(now, 2))
      const idsOf = async (owner: string) =>
        (await inbox.claimDue(leaseOf(owner, later(now, 10)), 1)).map(({ id }) => id).toSorted()

      expect(await idsOf('first')).toEqual([early.id])
      expect(await idsOf('second')).toEqual([late.id, alsoLate.id].toSorted())
      expect(await idsOf('third')).toEqual([])
    }))

  it('gives out all of a subject as soon as one of them is due for long enough', () =>
    openInbox(open, async (inbox) => {
      const [early, late, other] = [newEvent({ subject: 'a' }), newEvent({ subject: 'a' }), newEvent()]
      await inbox.add(early, now)
      await inbox.add(late, later(now, 2))
      await inbox.add(other, later(now, 2))
      const lease = leaseOf('a', later(now, 10))
      const claimed = await inbox.claimDue(lease, 10, later(now, 1))
      expect(claimed.map(({ id }) => id).toSorted()).toEqual([early.id, late.id].toSorted())
      expect(await inbox.claimDue(lease, 10)).toMatchObject([{ id: other.id }])
    }))

  it('counts what came lately, whatever became of it, as far as asked', () =>
    openInbox(open, async (inbox) => {
      const events = times(5, () => newEvent())
      for (const [i, event] of events.entries()) await inbox.add(event, later(now, i))
      await inbox.claimDue(leaseOf('a'), 1)
      await inbox.settle([events[0]?.id ?? ''], 'a', { state: 'done', now })
      expect(await inbox.countReceived(now, 10)).toBe(5)
      expect(await inbox.countReceived(later(now, 3), 10)).toBe(2)
      expect(await inbox.countReceived(now, 3)).toBe(3)
    }))

  it('gives what is due to one of ten that ask at once', () =>
    openInbox(open, async (inbox, other) => {
      const events = times(20, (i) => newEvent({ subject: `subject-${i % 5}` }))
      for (const event of events) await inbox.add(event, now)
      const claimed = await Promise.all(times(10, (i) => (i % 2 ? inbox : other).claimDue(leaseOf(`owner-${i}`), 10)))
      expect(
        claimed
          .flat()
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(events.map(({ id }) => id).toSorted())
    }))

  it('gives a failed one out when its time has come, a dead one never', () =>
    openInbox(open, async (inbox) => {
      const [failed, dead] = [newEvent(), newEvent()]
      for (const event of [failed, dead]) await inbox.claim(event, leaseOf('a'))
      await inbox.fail(failed.id, 'a', failure)
      await inbox.fail(dead.id, 'a', { ...failure, retryAt: null })

      expect(await inbox.claimDue(leaseOf('b', later(now, minute - 1)), 10)).toEqual([])
      const due = await inbox.claimDue(leaseOf('b', later(now, minute)), 10)
      expect(due).toMatchObject([{ id: failed.id, attempts: 2, error: 'no database' }])
    }))

  it('gives out what a process that died has left', () =>
    openInbox(open, async (inbox) => {
      const event = newEvent()
      await inbox.claim(event, leaseOf('dead'))
      expect(await inbox.claimDue(leaseOf('b', later(now, minute - 1)), 10)).toEqual([])
      expect(await inbox.claimDue(leaseOf('b', later(now, minute)), 10)).toHaveLength(1)
    }))
}

const describeUpkeep = (open: OpenStores): void => {
  it('counts what waits, what failed and what is dead', () =>
    openInbox(open, async (inbox) => {
      const none = { pending: 0, failed: 0, dead: 0 }
      expect(await inbox.state()).toEqual({ lastReceivedAt: null, oldestPendingAt: null, ...none })
      const received = times(5, (i) => ({ ...newEvent(), at: later(now, i * 1_000) }))
      for (const { at, ...event } of received) await inbox.claim(event, leaseOf('a', at))
      const [done, failed, first, dead, last] = received
      await inbox.settle([done?.id ?? ''], 'a', { state: 'done', now })
      await inbox.fail(failed?.id ?? '', 'a', failure)
      await inbox.fail(dead?.id ?? '', 'a', { ...failure, retryAt: null })
      const counts = { pending: 2, failed: 1, dead: 1 }
      expect(await inbox.state()).toEqual({ lastReceivedAt: last?.at, oldestPendingAt: first?.at, ...counts })
    }))

  it('lists what is in a state, the newest first, page by page', () =>
    openInbox(open, async (inbox) => {
      const events = times(3, () => newEvent())
      for (const [i, event] of events.entries()) {
        await inbox.claim(event, leaseOf('a', later(now, i === 0 ? 0 : 1)))
        await inbox.fail(event.id, 'a', { ...failure, retryAt: null })
      }
      const [oldest, ...others] = events.map(({ id }) => id)
      const together = others.toSorted().toReversed()
      const idsOf = async (before: { receivedAt: Date; id: string } | null) =>
        (await inbox.list(['dead', 'failed'], { before, limit: 2 })).map(({ id }) => id)

      expect(await idsOf(null)).toEqual(together)
      expect(await idsOf({ receivedAt: later(now, 1), id: together[0] ?? '' })).toEqual([together[1], oldest])
      expect(await idsOf({ receivedAt: later(now, 1), id: together[1] ?? '' })).toEqual([oldest])
      expect(await inbox.list(['done'], { before: null, limit: 2 })).toEqual([])
    }))

  it('makes one due again that is done or dead, but not one that somebody is at', () =>
    openInbox(open, async (inbox) => {
      const event = newEvent()
      await inbox.claim(event, leaseOf('a'))
      expect(await inbox.requeue(event.id, now)).toBe(false)
      await inbox.fail(event.id, 'a', { ...failure, retryAt: null })
      expect(await inbox.requeue(event.id, now)).toBe(true)
      expect(await inbox.claimDue(leaseOf('b'), 10)).toMatchObject([{ id: event.id, attempts: 1, settledAt: null }])
      expect(await inbox.requeue(unique('nothing'), now)).toBe(false)
    }))

  it('forgets what the events about a customer said', () =>
    openInbox(open, async (inbox) => {
      const [theirs, others] = [newEvent({ providerCustomerId: 'cus_2' }), newEvent()]
      for (const event of [theirs, others]) await inbox.add(event, now)
      expect(await inbox.erasePayloads('cus_2')).toBe(1)
      expect(await inbox.erasePayloads('cus_2')).toBe(0)
      expect(await inbox.find(theirs.id)).toMatchObject({ payload: null, type: theirs.type })
      expect(await inbox.find(others.id)).toMatchObject({ payload: others.payload })
    }))
}
