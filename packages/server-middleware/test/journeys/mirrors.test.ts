import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/domain/define-catalog.ts'
import type { Effect } from '../../src/domain/event.ts'
import type { Actor } from './actor.ts'
import { buys, decides, disputes } from './money-back.ts'
import { cards, payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const card = (number: string) => ({ card: { number, expMonth: 12, expYear: 2034, cvc: '123' } })

const subscribe = async (world: World, planId: string): Promise<Actor> => {
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout(planId)
  payInCheckout(world.stripe, body.sessionId)
  await world.stripe.settled()
  return alice
}

const visitPortal = async (alice: Actor): Promise<string> => (await alice.opensPortal()).split('/').at(-1) ?? ''

/** The different ones: an effect may be told more than once. */
const toldOf = ({ effects }: World, type: Effect['type']): readonly Effect[] => [
  ...new Map(effects.filter((effect) => effect.type === type).map((effect) => [effect.key, effect])).values(),
]

const rowsOf = async ({ database }: World, name: string) => {
  const found = await database
    .collection(`billing_${name}`)
    .find({ row: { $ne: null } })
    .toArray()
  return found.map(({ row }) => row)
}

describe('what Stripe holds is held here, too', () => {
  test('a card that stops working is told of for each attempt, and written down until it is made up for', async () => {
    await using world = await openWorld()
    const alice = await subscribe(world, 'growth')
    world.stripe.core.portalUpdatePaymentMethod(await visitPortal(alice), card(cards.failsLater))
    await world.stripe.clock.advance({ days: 32 })
    await world.stripe.settled()
    const open = world.stripe.objects('invoice').find((invoice) => invoice.status === 'open')

    const failed = toldOf(world, 'invoice.payment_failed')
    expect(failed.map(({ key }) => key)).toContain(`invoice.payment_failed:${open?.id}:1`)
    expect(failed[0]).toMatchObject({ accountId: 'account-alice', amountDueMinor: 7900, url: expect.any(String) })

    world.stripe.core.payInvoice(open?.id ?? '', card(cards.works))
    await world.stripe.settled()

    expect(toldOf(world, 'invoice.paid').map(({ key }) => key)).toContain(`invoice.paid:${open?.id}`)
    expect(await rowsOf(world, 'invoices')).toHaveLength(2)
    const attempts = (await rowsOf(world, 'payment_attempts')).filter((row) => row.providerInvoiceId === open?.id)
    expect(attempts.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(['failed', 'succeeded']))
    expect(attempts[0]).toMatchObject({ cardBrand: 'visa', amountMinor: 7900, currency: 'usd' })
  })

  test('a method that is replaced is known as what it was', async () => {
    await using world = await openWorld()
    const alice = await subscribe(world, 'growth')
    world.stripe.core.portalUpdatePaymentMethod(await visitPortal(alice), card('5555555555554444'))
    await world.stripe.settled()

    const brands = (await rowsOf(world, 'payment_methods')).map(({ brand, last4 }) => `${brand} ${last4}`)
    expect(brands.toSorted()).toEqual(['mastercard 4444', 'visa 4242'])
    expect(JSON.stringify(await rowsOf(world, 'payment_methods'))).not.toContain('5555555555554444')
  })

  test('a dispute is told of once, and held as it goes on', async () => {
    await using world = await openWorld()
    const { paymentId } = await buys(world)
    const disputeId = await disputes({ world })
    expect(toldOf(world, 'dispute.opened')).toMatchObject([
      { paymentId, disputeId, amountMinor: 500, currency: 'usd', evidenceDueAt: expect.any(Date) },
    ])

    await decides({ world }, disputeId, 'won')
    expect(await rowsOf(world, 'disputes')).toMatchObject([{ providerDisputeId: disputeId, status: 'won' }])
  })

  test('a trial that is about to end is told of; its end makes revenue of it', async () => {
    await using world = await openWorld({
      catalog: defineCatalog({
        currency: 'usd',
        freePlan: 'free',
        plans: { free: { name: 'Free' }, trial: { name: 'Trial', month: 4900, trialDays: 14 } },
        packs: {},
      }),
    })
    await subscribe(world, 'trial')
    await world.stripe.clock.advance({ days: 12 })
    await world.stripe.settled()
    expect(toldOf(world, 'trial.ending')).toMatchObject([{ planId: 'trial', endsAt: expect.any(Date) }])

    await world.stripe.clock.advance({ days: 3 })
    await world.stripe.settled()
    const kinds = (await rowsOf(world, 'subscription_changes')).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind !== 'other')).toEqual(['new'])
  })

  test('a subscription that ends by its owner’s wish is a churn that says so', async () => {
    await using world = await openWorld()
    const alice = await subscribe(world, 'growth')
    const { subscription } = await alice.status()
    const subscriptionId = subscription?.providerSubscriptionId ?? ''
    world.stripe.core.portalCancelSubscription(await visitPortal(alice), { subscriptionId })
    await world.stripe.clock.advance({ days: 32 })
    await world.stripe.settled()

    const history = await rowsOf(world, 'subscription_changes')
    const churn = history.filter(({ kind }) => kind === 'churn')
    expect(churn).toMatchObject([{ monthlyDifferenceMinor: -7900, currency: 'usd', endedBy: 'requested' }])
    expect(await world.database.collection('billing_subscriptions').findOne({})).toMatchObject({ pending: [] })
  })
})
