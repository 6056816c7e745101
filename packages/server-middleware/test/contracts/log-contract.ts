import { describe, expect, it } from 'vitest'
import type { Effect } from '../../src/domain/event.ts'
import { later, newEvent, now, shareWorld, times, unique } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

const minute = 60_000
const leaseOf = (owner: string, from = now) => ({ owner, now: from, until: later(from, minute) })

export const describeEvents = (open: OpenStores): void => {
  describe('events', () => {
    const world = shareWorld(open)

    it('gives an event to one of ten that claim it at once', async () => {
      const { store, other } = world()
      const event = newEvent()
      const claims = times(10, (i) => (i % 2 ? store : other).events.claim(event, leaseOf(`owner-${i}`)))
      expect((await Promise.all(claims)).toSorted()).toEqual([...times(9, () => 'busy'), 'mine'])
    })

    it.each(['done', 'ignored'] as const)('is done with an event that is %s', async (state) => {
      const { events } = world().store
      const event = newEvent()
      await events.claim(event, leaseOf('a'))
      await events.settle(event.id, 'a', { state, now })
      expect(await events.claim(event, leaseOf('b', later(now, 2 * minute)))).toBe('done')
    })

    it('gives a failed event to the next who asks', async () => {
      const { events } = world().store
      const event = newEvent()
      await events.claim(event, leaseOf('a'))
      await events.fail(event.id, 'a', { error: 'no database', now })
      expect(await events.claim(event, leaseOf('b'))).toBe('mine')
    })

    it('hands an event over when its lease has run out, and not before', async () => {
      const { events } = world().store
      const event = newEvent()
      await events.claim(event, leaseOf('a'))
      expect(await events.claim(event, leaseOf('b', later(now, minute - 1)))).toBe('busy')
      expect(await events.claim(event, leaseOf('b', later(now, minute)))).toBe('mine')
    })

    it('lets nobody settle an event that somebody else has taken over', async () => {
      const { events } = world().store
      const event = newEvent()
      await events.claim(event, leaseOf('slow'))
      await events.claim(event, leaseOf('next', later(now, minute)))
      await events.settle(event.id, 'slow', { state: 'done', now })
      await events.fail(event.id, 'slow', { error: 'late', now })
      expect(await events.claim(event, leaseOf('third', later(now, minute)))).toBe('busy')
      await events.settle(event.id, 'next', { state: 'done', now })
      expect(await events.claim(event, leaseOf('third', later(now, minute)))).toBe('done')
    })

    it('counts what waits and what failed', async () => {
      await using fresh = await open()
      const { events } = fresh.store
      expect(await events.state()).toEqual({ lastReceivedAt: null, oldestPendingAt: null, pending: 0, failed: 0 })
      const received = times(4, (i) => ({ event: newEvent(), at: later(now, i * 1_000) }))
      for (const { event, at } of received) await events.claim(event, leaseOf('a', at))
      await events.settle(received[0]?.event.id ?? '', 'a', { state: 'done', now })
      await events.fail(received[1]?.event.id ?? '', 'a', { error: 'no', now })
      expect(await events.state()).toEqual({
        lastReceivedAt: received[3]?.at,
        oldestPendingAt: received[2]?.at,
        pending: 2,
        failed: 1,
      })
    })
  })
}

export const describeEffects = (open: OpenStores): void => {
  describe('effects', () => {
    const world = shareWorld(open)
    const newEffect = (): Effect => ({
      key: unique('effect'),
      type: 'purchase.succeeded',
      accountId: 'acme',
      paymentId: 'pi_1',
      packId: 'small',
      credits: 100,
    })

    it('stays pending until it is delivered', async () => {
      const { effects } = world().store
      const effect = newEffect()
      expect(await effects.add(effect, now)).toBe('pending')
      expect(await effects.add(effect, now)).toBe('pending')
      await effects.delivered(effect.key, now)
      expect(await effects.add(effect, now)).toBe('delivered')
    })

    it('is written once by many at once', async () => {
      const { store, other } = world()
      const effect = newEffect()
      const adding = times(10, (i) => (i % 2 ? store : other).effects.add(effect, now))
      expect(new Set(await Promise.all(adding))).toEqual(new Set(['pending']))
    })
  })
}

export const describeRequests = (open: OpenStores): void => {
  describe('requests', () => {
    const world = shareWorld(open)
    const answer = { status: 201, body: '{"id":1}' }
    const newRequest = (changes = {}) => ({
      scope: 'user-1 POST /purchases',
      key: unique('key'),
      fingerprint: 'f',
      now,
      until: later(now, minute),
      ...changes,
    })

    it('lets one of ten at once go on', async () => {
      const { store, other } = world()
      const request = newRequest()
      const claims = await Promise.all(times(10, (i) => (i % 2 ? store : other).requests.claim(request)))
      expect(claims.map(({ outcome }) => outcome).toSorted()).toEqual([...times(9, () => 'in_progress'), 'new'])
    })

    it('gives the first answer again, for ever the same', async () => {
      const { requests } = world().store
      const request = newRequest()
      await requests.claim(request)
      await requests.answer(request, answer)
      await requests.answer(request, { status: 500, body: '' })
      await requests.release(request)
      expect(await requests.claim(request)).toEqual({ outcome: 'answered', answer })
    })

    it('is a conflict when the same key comes with something else', async () => {
      const { requests } = world().store
      const request = newRequest()
      await requests.claim(request)
      expect(await requests.claim({ ...request, fingerprint: 'g' })).toEqual({ outcome: 'conflict' })
    })

    it('keeps keys of different callers apart', async () => {
      const { requests } = world().store
      const request = newRequest()
      await requests.claim(request)
      expect(await requests.claim({ ...request, scope: 'user-2' })).toEqual({ outcome: 'new' })
    })

    it('may be tried again when it was released', async () => {
      const { requests } = world().store
      const request = newRequest()
      await requests.claim(request)
      await requests.release(request)
      expect(await requests.claim(request)).toEqual({ outcome: 'new' })
    })

    it('is taken over by one when whoever had it is gone', async () => {
      const { store, other } = world()
      const request = newRequest()
      await store.requests.claim(request)
      const again = { ...request, now: request.until, until: later(request.until, minute) }
      const claims = await Promise.all(times(6, (i) => (i % 2 ? store : other).requests.claim(again)))
      expect(claims.filter(({ outcome }) => outcome === 'new')).toHaveLength(1)
    })
  })
}

export const describePortalVisits = (open: OpenStores): void => {
  describe('portal visits', () => {
    const world = shareWorld(open)

    it('close once, for the account that opened them', async () => {
      const { store, other } = world()
      const token = unique('token')
      await store.portalVisits.open(token, 'a', now)
      expect(await store.portalVisits.close(token, 'b')).toBe(false)
      const closed = await Promise.all([store.portalVisits.close(token, 'a'), other.portalVisits.close(token, 'a')])
      expect(closed.toSorted()).toEqual([false, true])
    })
  })
}
