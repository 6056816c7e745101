import { describe, expect, it } from 'vitest'
import { newCheckout, newSession, shareWorld, times, unique } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

const expired = { status: 'expired', paid: false, providerSubscriptionId: null } as const
const unpaid = { status: 'complete', paid: false, providerSubscriptionId: null } as const
const paid = { status: 'complete', paid: true, providerSubscriptionId: 'sub_1' } as const

export const describeCheckouts = (open: OpenStores): void => {
  describe('checkouts', () => {
    const world = shareWorld(open)
    const opened = async (changes = {}) => {
      const checkout = newCheckout(changes)
      await world().store.checkouts.open(checkout)
      return checkout
    }

    it('opens one of ten that ask at once for the same slot', async () => {
      const { store, other } = world()
      const checkout = newCheckout()
      const asking = times(10, (i) => (i % 2 ? store : other).checkouts.open({ ...checkout, id: unique('checkout') }))
      const answers = await Promise.all(asking)
      expect(answers.filter(({ outcome }) => outcome === 'opened')).toHaveLength(1)
      expect(new Set(answers.map((answer) => answer.checkout.id)).size).toBe(1)
    })

    it('opens another for another slot, and for another account', async () => {
      const { checkouts } = world().store
      const { accountRef } = await opened()
      expect(await checkouts.open(newCheckout({ accountRef, slot: 'pack:small' }))).toMatchObject({ outcome: 'opened' })
      expect(await checkouts.open(newCheckout())).toMatchObject({ outcome: 'opened' })
    })

    it.each([expired, paid])('makes room for the next one when the last is $status', async (change) => {
      const { checkouts } = world().store
      const { id, accountRef } = await opened()
      await checkouts.close(id, change)
      expect(await checkouts.open(newCheckout({ accountRef }))).toMatchObject({ outcome: 'opened' })
    })

    it('keeps the first session, and finds the checkout by it', async () => {
      const { checkouts } = world().store
      const checkout = await opened()
      const session = newSession()
      const { providerSessionId, url, expiresAt } = session
      const linked = await checkouts.linkSession(checkout.id, session)
      expect(linked).toEqual({ ...checkout, providerSessionId, url, expiresAt })
      expect(await checkouts.linkSession(checkout.id, newSession())).toEqual(linked)
      expect(await checkouts.findBySession(providerSessionId)).toEqual(linked)
      expect(await checkouts.findBySession(unique('none'))).toBeNull()
    })

    it('follows its session', async () => {
      const { checkouts } = world().store
      const checkout = await opened()
      const session = newSession()
      await checkouts.linkSession(checkout.id, session)
      expect(await checkouts.linkSession(checkout.id, { ...session, url: null })).toMatchObject({ url: null })
    })

    it('stays closed', async () => {
      const { checkouts } = world().store
      const { id } = await opened()
      await checkouts.close(id, expired)
      expect(await checkouts.close(id, paid)).toMatchObject(expired)
    })

    it('hears of money that comes after it is complete, and of nothing after that', async () => {
      const { checkouts } = world().store
      const { id } = await opened()
      await checkouts.close(id, unpaid)
      expect(await checkouts.close(id, paid)).toMatchObject(paid)
      expect(await checkouts.close(id, unpaid)).toMatchObject(paid)
    })

    it('erases the evidence of an account and nothing else', async () => {
      const { checkouts } = world().store
      const checkout = await opened()
      await checkouts.linkSession(checkout.id, newSession({ providerSessionId: checkout.id }))
      expect(await checkouts.eraseEvidence(checkout.accountRef)).toBe(1)
      expect(await checkouts.eraseEvidence(checkout.accountRef)).toBe(0)
      expect(await checkouts.findBySession(checkout.id)).toMatchObject({ evidence: null, order: checkout.order })
    })

    it('knows no checkout that was never opened', async () => {
      const { checkouts } = world().store
      await expect(checkouts.close(unique('none'), expired)).rejects.toMatchObject({ code: 'not_found' })
      await expect(checkouts.linkSession(unique('none'), newSession())).rejects.toMatchObject({ code: 'not_found' })
    })
  })
}
