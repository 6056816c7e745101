import { describe, expect, it } from 'vitest'
import { later, newPurchase, now, shareWorld, times, unique } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

const succeeded = { status: 'succeeded', failure: null, settledAt: now } as const
const processing = { status: 'processing', failure: null, settledAt: null } as const
const declined = {
  status: 'requires_payment_method',
  failure: { code: 'card_declined', declineCode: 'lost_card', message: 'Your card was declined.' },
  settledAt: null,
} as const

export const describePurchases = (open: OpenStores): void => {
  describe('purchases', () => {
    const world = shareWorld(open)

    it('keeps a purchase as it was agreed', async () => {
      const { purchases } = world().store
      const purchase = newPurchase()
      expect(await purchases.open(purchase)).toEqual({ outcome: 'opened', purchase })
      expect(await purchases.find(purchase.id)).toEqual(purchase)
    })

    it('opens one of ten that ask at once for the same', async () => {
      const { store, other } = world()
      const purchase = newPurchase()
      const asking = times(10, (i) => (i % 2 ? store : other).purchases.open({ ...purchase, id: unique('purchase') }))
      const answers = await Promise.all(asking)
      expect(answers.filter(({ outcome }) => outcome === 'opened')).toHaveLength(1)
      expect(new Set(answers.map((answer) => answer.purchase.id)).size).toBe(1)
    })

    it.each([
      ['another account', { accountRef: unique('account') }],
      ['another pack', { packId: 'large' }],
      ['another quantity', { quantity: 2 }],
      ["the provider's page", { via: 'checkout' as const }],
    ])('opens another for %s', async (_what, changes) => {
      const { purchases } = world().store
      const purchase = newPurchase()
      await purchases.open(purchase)
      const second = { ...purchase, id: unique('purchase'), ...changes }
      expect(await purchases.open(second)).toMatchObject({ outcome: 'opened' })
    })

    it('gives the same purchase again when it is opened under the same id', async () => {
      const { purchases } = world().store
      const purchase = newPurchase({ via: 'checkout' })
      await purchases.open(purchase)
      await purchases.settle(purchase.id, succeeded)
      expect(await purchases.open(purchase)).toMatchObject({ outcome: 'taken', purchase: { status: 'succeeded' } })
    })

    it.each([succeeded, processing, { ...succeeded, status: 'canceled' } as const])(
      'makes room for the next one when the last is $status',
      async (change) => {
        const { purchases } = world().store
        const purchase = newPurchase()
        await purchases.open(purchase)
        await purchases.settle(purchase.id, change)
        const next = { ...purchase, id: unique('purchase') }
        expect(await purchases.open(next)).toMatchObject({ outcome: 'opened' })
      },
    )

    it('never goes back to what an older fetch saw', async () => {
      const { purchases } = world().store
      const { purchase } = await purchases.open(newPurchase())
      const [older, newer] = [await purchases.startFetch(purchase.id), await purchases.startFetch(purchase.id)]
      expect(newer).toBeGreaterThan(older)
      await purchases.settle(purchase.id, processing, newer)
      const late = { ...processing, status: 'requires_action' } as const
      expect(await purchases.settle(purchase.id, late, older)).toMatchObject(processing)
      expect(await purchases.settle(purchase.id, succeeded)).toMatchObject(succeeded)
    })

    it('lets one that is declined late be open beside the next one', async () => {
      const { purchases } = world().store
      const first = newPurchase()
      const second = { ...first, id: unique('purchase'), createdAt: later(now, 1) }
      await purchases.open(first)
      await purchases.settle(first.id, processing)
      await purchases.open(second)
      expect(await purchases.settle(first.id, declined)).toMatchObject(declined)
      expect(await purchases.open({ ...first, id: unique('purchase') })).toMatchObject({
        outcome: 'taken',
        purchase: { id: second.id },
      })
    })

    it('offers one that is declined late again when nothing else is open', async () => {
      const { purchases } = world().store
      const purchase = newPurchase()
      await purchases.open(purchase)
      await purchases.settle(purchase.id, processing)
      await purchases.settle(purchase.id, declined)
      expect(await purchases.open({ ...purchase, id: unique('purchase') })).toMatchObject({
        outcome: 'taken',
        purchase: { id: purchase.id, ...declined },
      })
    })

    it.each(['succeeded', 'canceled'] as const)('leaves one that is %s as it is', async (status) => {
      const { purchases } = world().store
      const purchase = newPurchase()
      await purchases.open(purchase)
      const final = await purchases.settle(purchase.id, { ...succeeded, status })
      expect(await purchases.settle(purchase.id, processing)).toEqual(final)
      expect(await purchases.find(purchase.id)).toEqual(final)
    })

    it('keeps the first payment, and finds the purchase by it', async () => {
      const { purchases } = world().store
      const purchase = newPurchase()
      const payment = unique('payment')
      await purchases.open(purchase)
      const linked = await purchases.linkPayment(purchase.id, payment)
      expect(linked).toEqual({ ...purchase, providerPaymentId: payment })
      expect(await purchases.linkPayment(purchase.id, unique('payment'))).toEqual(linked)
      expect(await purchases.findByPayment(payment)).toEqual(linked)
    })

    it('never gives one payment to two purchases', async () => {
      const { purchases } = world().store
      const [a, b] = [newPurchase(), newPurchase()]
      const payment = unique('payment')
      await purchases.open(a)
      await purchases.open(b)
      await purchases.linkPayment(a.id, payment)
      await expect(purchases.linkPayment(b.id, payment)).rejects.toMatchObject({ code: 'internal' })
    })

    it('erases the evidence of an account and nothing else', async () => {
      const { purchases } = world().store
      const [mine, theirs] = [newPurchase(), newPurchase()]
      await purchases.open(mine)
      await purchases.open(theirs)
      expect(await purchases.eraseEvidence(mine.accountRef)).toBe(1)
      expect(await purchases.eraseEvidence(mine.accountRef)).toBe(0)
      expect(await purchases.find(mine.id)).toEqual({ ...mine, evidence: null })
      expect(await purchases.find(theirs.id)).toEqual(theirs)
    })

    it('knows no purchase that was never opened', async () => {
      const { purchases } = world().store
      expect(await purchases.find(unique('none'))).toBeNull()
      expect(await purchases.findByPayment(unique('none'))).toBeNull()
      await expect(purchases.settle(unique('none'), succeeded)).rejects.toMatchObject({ code: 'not_found' })
      await expect(purchases.linkPayment(unique('none'), 'pi')).rejects.toMatchObject({ code: 'not_found' })
    })
  })
}
