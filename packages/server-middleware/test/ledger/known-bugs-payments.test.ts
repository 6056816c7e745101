import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/domain/define-catalog.ts'
import { buys, decides, disputes, refunds } from '../journeys/money-back.ts'
import { payInCheckout, payInPage } from '../journeys/stripe-page.ts'
import { openWorld, type World } from '../journeys/world.ts'

/** Each of these went wrong in somebody's product, in the open. */
const times = (count: number) => Array.from({ length: count }, (_, index) => index)

const expectSound = async (world: World) => {
  expect((await world.billing.verify()).unsound).toEqual([])
  expect(world.logs.filter(({ level }) => level === 'error')).toEqual([])
}

const startsHostedCheckout = async (world: World) => {
  const alice = world.signIn('alice')
  const { body } = await alice.post<{ sessionId: string }>('/checkout', { packId: 'uses20' })
  return { alice, sessionId: body.sessionId }
}

const paymentIdOf = (world: World) => world.stripe.objects('payment_intent')[0]?.id ?? ''

describe('money that came in', () => {
  test('one payment that many events tell of, again and again, grants once', async () => {
    await using world = await openWorld()
    const { alice, sessionId } = await startsHostedCheckout(world)
    payInCheckout(world.stripe, sessionId)
    await world.stripe.settled()
    const told = world.stripe.objects('event').map(({ id, type }) => ({ id, type: String(type) }))
    const types = told.map(({ type }) => type)
    expect(types).toEqual(expect.arrayContaining(['checkout.session.completed', 'payment_intent.succeeded']))
    await Promise.all(told.map(({ id }) => world.stripe.redeliver(id, { times: 3, parallel: 3 })))
    await Promise.all(times(5).map(() => alice.status(`?sessionId=${sessionId}`)))
    expect(await alice.credits()).toMatchObject({ available: 23, paid: 20 })
    await expectSound(world)
  })

  test('a payment that is tried again after a decline grants once', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const purchase = await alice.startsPurchase()
    await payInPage(world.stripe, purchase, 'declines')
    await payInPage(world.stripe, purchase, 'works')
    await world.stripe.settled()
    await alice.purchase(purchase.paymentId)
    expect(world.stripe.objects('charge')).toHaveLength(2)
    expect(await alice.credits()).toMatchObject({ available: 23, paid: 20 })
  })

  test('a checkout that is complete but not yet paid brings nothing until the money is there', async () => {
    const stripeSettings = { paymentMethods: ['card', 'us_bank_account'] } as const
    await using world = await openWorld({ stripeSettings })
    const { alice, sessionId } = await startsHostedCheckout(world)
    const bankDebit = { type: 'us_bank_account', routingNumber: '110000000', accountNumber: '000123456789' } as const
    world.stripe.core.payCheckoutSession(sessionId, {
      name: 'Alice Example',
      bankDebit: { ...bankDebit, name: 'Alice' },
    })
    await world.stripe.settled()
    expect(world.stripe.objects('checkout.session')[0]).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    await alice.status(`?sessionId=${sessionId}`)
    expect(await alice.credits()).toMatchObject({ available: 3, paid: 0 })

    world.stripe.settlePayment(paymentIdOf(world), 'succeed')
    await world.stripe.settled()
    expect(await alice.credits()).toMatchObject({ available: 23, paid: 20 })
  })
})

describe('money that went back', () => {
  test('a refund takes the credits that its money bought', async () => {
    await using world = await openWorld()
    const { alice, sessionId } = await startsHostedCheckout(world)
    payInCheckout(world.stripe, sessionId)
    await world.stripe.settled()
    await refunds({ world, paymentId: paymentIdOf(world) }, 500)
    expect(await alice.credits()).toMatchObject({ available: 3, paid: 0, debt: 0 })
    await expectSound(world)
  })

  test('a refund of a payment without a Checkout session finds its account', async () => {
    await using world = await openWorld()
    const bought = await buys(world)
    expect(world.stripe.objects('checkout.session')).toEqual([])
    await refunds(bought, 500)
    expect(await bought.alice.credits()).toMatchObject({ available: 3, paid: 0 })
  })

  test('a refund of credits that are spent is written down as owed, and does not fail', async () => {
    await using world = await openWorld()
    const bought = await buys(world)
    await Promise.all(times(23).map(() => bought.alice.ask()))
    await refunds(bought, 500)
    expect(await bought.alice.credits()).toMatchObject({ available: -20, debt: 20 })
    expect((await world.stranger().get('/health')).body).toMatchObject({ webhook: { failed: 0, pending: 0 } })
    await expectSound(world)
  })

  test('a refund of a part takes its share by itself, also when less than that is left', async () => {
    await using world = await openWorld()
    const bought = await buys(world)
    await Promise.all(times(15).map(() => bought.alice.ask()))
    await refunds(bought, 250)
    expect(await bought.alice.credits()).toMatchObject({ available: -2, paid: 0, debt: 2 })
    await expectSound(world)
  })

  test('a dispute takes nothing while it is open, and what it froze comes back when it is won', async () => {
    await using world = await openWorld()
    const bought = await buys(world)
    const id = await disputes(bought)
    expect(await bought.alice.credits()).toMatchObject({ available: 3, frozen: 20, debt: 0 })
    await decides(bought, id, 'won')
    expect(await bought.alice.credits()).toMatchObject({ available: 23, frozen: 0, debt: 0 })
    await expectSound(world)
  })

  test('a refund after a dispute that was won takes as much as without it', async () => {
    await using world = await openWorld()
    const bought = await buys(world)
    await disputes(bought, 'won')
    await refunds(bought, 250)
    expect(await bought.alice.credits()).toMatchObject({ available: 13, paid: 10, debt: 0 })
    await refunds(bought, 250)
    expect(await bought.alice.credits()).toMatchObject({ available: 3, paid: 0, debt: 0 })
    await expectSound(world)
  })

  test('a dispute over ten dollars that is won gives back five hundred credits, if that is what they bought', async () => {
    await using world = await openWorld({
      catalog: defineCatalog({
        currency: 'usd',
        freePlan: 'free',
        plans: { free: { name: 'Free' } },
        packs: { big: { name: '500 uses', credits: 500, amountMinor: 1_000 } },
      }),
    })
    const bought = await buys(world)
    const id = await disputes(bought)
    expect(await bought.alice.credits()).toMatchObject({ available: 0, frozen: 500 })
    await decides(bought, id, 'won')
    expect(await bought.alice.credits()).toMatchObject({ available: 500, frozen: 0 })
  })
})
