import { describe, expect, it } from 'vitest'
import { later, now, shareWorld, times, unique } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

const minute = 60_000

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
