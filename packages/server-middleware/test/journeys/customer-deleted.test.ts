import { describe, expect, test, vi } from 'vitest'
import type { Actor } from './actor.ts'
import { askStripe } from './ask-stripe.ts'
import { payInCheckout, payInPage } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const whose = { accountId: 'account-alice' }

const subscribes = async (world: World): Promise<Actor> => {
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth')
  payInCheckout(world.stripe, body.sessionId)
  expect(await alice.status(`?sessionId=${body.sessionId}`)).toMatchObject({ plan: { id: 'growth' } })
  await world.stripe.settled()
  return alice
}

const customersOf = ({ stripe }: World) => stripe.objects('customer').map(({ id, deleted }) => ({ id, deleted }))

const deletesCustomer = async (world: World): Promise<string> => {
  const [first] = customersOf(world)
  const id = await askStripe(world, { path: `/v1/customers/${first?.id}`, method: 'DELETE' })
  await world.stripe.settled()
  return id
}

const accountOf = ({ database }: World) =>
  database
    .collection<{ providerCustomerId: string | null; formerCustomerIds: string[] }>('billing_accounts')
    .findOne({ accountId: 'account-alice' })

const mirrorOf = async ({ database }: World, id: string) =>
  (await database.collection<{ _id: string; row: object }>('billing_customers').findOne({ _id: id }))?.row

/** Alice can do everything again, as a customer that is not the deleted one. */
const goesOn = async (world: World, alice: Actor, deleted: string) => {
  const { status, body } = await alice.startsCheckout('starter')
  expect(status).toBe(200)
  payInCheckout(world.stripe, body.sessionId)
  expect(await alice.status(`?sessionId=${body.sessionId}`)).toMatchObject({
    plan: { id: 'starter' },
    subscription: { status: 'active' },
  })
  const purchase = await alice.startsPurchase()
  await payInPage(world.stripe, purchase, 'works')
  expect(await alice.purchase(purchase.paymentId)).toMatchObject({ status: 'succeeded' })
  expect(await alice.opensPortal()).toContain('http')
  const account = await accountOf(world)
  expect(account?.providerCustomerId).not.toBe(deleted)
  expect(account?.formerCustomerIds).toEqual([deleted])
  expect(customersOf(world).filter((each) => each.deleted !== true)).toEqual([{ id: account?.providerCustomerId }])
}

describe('a customer who is deleted at Stripe', () => {
  test('leaves an account without a subscription, which can begin anew', async () => {
    await using world = await openWorld()
    const alice = await subscribes(world)
    const deleted = await deletesCustomer(world)

    expect(await alice.status()).toMatchObject({ plan: { id: 'free' }, subscription: { status: 'canceled' } })
    expect(await mirrorOf(world, deleted)).toMatchObject({ isDeleted: true, email: null, name: null })
    expect(await accountOf(world)).toMatchObject({ providerCustomerId: null, formerCustomerIds: [deleted] })
    expect(world.effects).toContainEqual(expect.objectContaining({ type: 'subscription.ended', ...whose }))
    await goesOn(world, alice, deleted)
  })

  test('is known as deleted also to a late event', async () => {
    await using world = await openWorld()
    const alice = await subscribes(world)
    const deleted = await deletesCustomer(world)
    await goesOn(world, alice, deleted)
    const before = await accountOf(world)

    for (const { id } of world.stripe.objects('event')) await world.billing.events.replay(id)

    expect(await accountOf(world)).toEqual(before)
    expect(await mirrorOf(world, deleted)).toMatchObject({ isDeleted: true, email: null })
    expect(await alice.status()).toMatchObject({ plan: { id: 'starter' }, subscription: { status: 'active' } })
  })
})

describe('that a customer was deleted is noticed though nobody told', () => {
  const asks: Readonly<Record<string, (alice: Actor, world: World) => Promise<unknown>>> = {
    'by a checkout of a plan': (alice) => alice.startsCheckout('starter'),
    'by a checkout of a pack': (alice) => alice.post('/checkout', { packId: 'uses20' }),
    'by a purchase': (alice) => alice.startsPurchase(),
    'by the portal': (alice) => alice.opensPortal(),
    'by a sync': (_alice, world) => world.billing.sync(whose),
    'by a reconciliation': (_alice, world) => world.billing.events.reconcile(),
  }

  test.each(Object.entries(asks))('%s', async (_name, ask) => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = await subscribes(world)
    const deleted = await deletesCustomer(world)
    await ask(alice, world)

    expect(await alice.status()).toMatchObject({ plan: { id: 'free' }, subscription: { status: 'canceled' } })
    expect(await mirrorOf(world, deleted)).toMatchObject({ isDeleted: true, email: null })
    await goesOn(world, alice, deleted)
  })

  test('by many requests at once, which make one customer', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = await subscribes(world)
    const deleted = await deletesCustomer(world)
    const urls = await Promise.all(Array.from({ length: 6 }, () => alice.opensPortal()))
    expect(urls).toHaveLength(6)
    await goesOn(world, alice, deleted)
  })

  test('by a top-up, which finds no payment method', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    await subscribes(world)
    await world.billing.setTopUp({ ...whose, topUp: { threshold: 3, packId: 'uses20' } })
    const deleted = await deletesCustomer(world)
    await world.billing.charge({ ...whose, description: 'Work' })
    const declined = { type: 'top_up.declined', code: 'no_payment_method' }
    await vi.waitFor(() => expect(world.effects).toContainEqual(expect.objectContaining(declined)))
    expect(await accountOf(world)).toMatchObject({ formerCustomerIds: [deleted] })
  })
})

describe('what a deleted customer had begun', () => {
  test('is begun anew: nobody can pay on a page, or a payment, of theirs', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const { body: page } = await alice.startsCheckout('growth')
    const purchase = await alice.startsPurchase()
    await deletesCustomer(world)

    const again = await alice.startsCheckout('growth')
    expect(again.body.sessionId).not.toBe(page.sessionId)
    expect((await alice.startsPurchase()).paymentId).not.toBe(purchase.paymentId)
    expect(await alice.purchase(purchase.paymentId)).toMatchObject({ status: 'canceled' })
  })
})
