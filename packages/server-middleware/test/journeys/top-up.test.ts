import { describe, expect, test, vi } from 'vitest'
import type { Actor } from './actor.ts'
import { payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const alice = { accountId: 'account-alice' }
const topUp = { threshold: 10, packId: 'uses20' }

const openHost = () => openWorld({ time: 'stripe' })

/** Alice subscribes, which leaves her card on file, and lets twenty uses be bought when fewer than ten are left. */
const turnsOn = async (world: World): Promise<Actor> => {
  const actor = world.signIn('alice')
  const { body } = await actor.startsCheckout('starter')
  payInCheckout(world.stripe, body.sessionId)
  await world.stripe.settled()
  await world.billing.grant({ ...alice, credits: 9, reason: 'Welcome', key: 'welcome' })
  await world.billing.setTopUp({ ...alice, topUp })
  return actor
}

const spends = (world: World, credits: number) => world.billing.charge({ ...alice, credits, description: 'Work' })

const topUpOf = async (world: World) => (await world.billing.credits(alice)).topUp

/** Until what goes on behind the scenes is over. */
const settles = async (world: World) => {
  await vi.waitFor(async () => expect((await topUpOf(world)).started).toBeNull(), { timeout: 10_000, interval: 20 })
  await world.stripe.settled()
}

/** Payments for packs, with how they ended. */
const payments = ({ stripe }: World) =>
  stripe.objects('payment_intent').flatMap(({ metadata, status }) => (metadata.packId ? [status] : []))

const changesCard = async (world: World, actor: Actor, number: string) => {
  const visit = (await actor.opensPortal()).split('/').at(-1) ?? ''
  world.stripe.core.portalUpdatePaymentMethod(visit, { card: { number, expMonth: 12, expYear: 2034, cvc: '123' } })
  await world.stripe.settled()
}

/** As somebody in Stripe's Dashboard might. */
const savesCard = async (world: World, card: string) => {
  const customer = world.stripe.objects('customer')[0]?.id ?? ''
  const { id } = await asks(world, `/v1/payment_methods/${card}/attach`, { customer })
  await asks(world, `/v1/customers/${customer}`, { 'invoice_settings[default_payment_method]': id })
}

const asks = async ({ stripe: { url, keys } }: World, path: string, fields: Record<string, string>) => {
  const headers = { authorization: `Bearer ${keys.secretKey}` }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) })
  expect(response.status).toBe(200)
  return (await response.json()) as { id: string }
}

/** What the host has heard, each once: hooks may be told again. */
const declines = ({ effects }: World) => [
  ...new Map(effects.flatMap((each) => (each.type === 'top_up.declined' ? [[each.key, each] as const] : []))).values(),
]

const hears = (world: World, expected: object[]) =>
  vi.waitFor(() => expect(declines(world)).toMatchObject(expected), { timeout: 10_000, interval: 20 })

describe('an account that tops itself up', () => {
  test('buys a pack with its card on file when too few credits are left', async () => {
    await using world = await openHost()
    const actor = await turnsOn(world)
    await spends(world, 3)
    await settles(world)

    expect(await actor.credits()).toMatchObject({ available: 29, paid: 20 })
    expect(payments(world)).toEqual(['succeeded'])
    expect(world.effects).toContainEqual(
      expect.objectContaining({ type: 'purchase.succeeded', packId: 'uses20', credits: 20 }),
    )
    expect((await world.billing.verify()).unsound).toEqual([])
  })

  test('buys one pack, however many charges run at once', async () => {
    await using world = await openHost()
    const actor = await turnsOn(world)
    await Promise.all(Array.from({ length: 8 }, () => spends(world, 1)))
    await settles(world)

    expect(await actor.credits()).toMatchObject({ available: 24, paid: 20 })
    expect(payments(world)).toHaveLength(1)
  })

  test('buys twice in ten minutes, and no more', async () => {
    await using world = await openHost()
    await turnsOn(world)
    for (const credits of [9, 20, 20]) {
      await spends(world, credits)
      await settles(world)
    }
    expect(payments(world)).toEqual(['succeeded', 'succeeded'])
    await world.stripe.clock.advance({ minutes: 11 })
    await spends(world, 1)
    await settles(world)
    expect(payments(world)).toHaveLength(3)
  })

  test('waits an hour after a decline, and stops after three', async () => {
    await using world = await openHost()
    const actor = await turnsOn(world)
    await changesCard(world, actor, '4000000000000341')
    await spends(world, 4)
    await settles(world)
    expect(await topUpOf(world)).toMatchObject({ declines: 1 })
    await hears(world, [{ accountId: 'account-alice', code: 'card_declined', isStopped: false }])

    await world.stripe.clock.advance({ minutes: 59 })
    await spends(world, 1)
    expect((await topUpOf(world)).started).toBeNull()
    for (const _again of [2, 3]) {
      await world.stripe.clock.advance({ minutes: 61 })
      await spends(world, 1)
      await settles(world)
    }
    await hears(world, [{}, {}, { isStopped: true }])
    await world.stripe.clock.advance({ days: 1 })
    await spends(world, 1)
    expect((await topUpOf(world)).started).toBeNull()
    expect(payments(world)).toEqual(['canceled', 'canceled', 'canceled'])
    expect(await actor.credits()).toMatchObject({ available: 4, paid: 0 })

    await changesCard(world, actor, '4242424242424242')
    await world.billing.setTopUp({ ...alice, topUp })
    await settles(world)
    expect(await actor.credits()).toMatchObject({ available: 24, paid: 20 })
    expect((await world.billing.verify()).unsound).toEqual([])
  })

  test('says when its owner has to confirm the payment', async () => {
    await using world = await openHost()
    await turnsOn(world)
    await savesCard(world, 'pm_card_authenticationRequired')
    await spends(world, 4)
    await settles(world)
    await hears(world, [{ packId: 'uses20', code: 'authentication_required', isStopped: false }])
  })

  test('says when there is no card on file', async () => {
    await using world = await openHost()
    await world.billing.ensureAccount({ ...alice, email: 'alice@example.com' })
    await world.billing.setTopUp({ ...alice, topUp })
    await settles(world)
    await hears(world, [{ code: 'no_payment_method' }])
    expect(payments(world)).toEqual([])
  })

  test('is not charged any more when it is turned off', async () => {
    await using world = await openHost()
    await turnsOn(world)
    await world.billing.setTopUp({ ...alice, topUp: null })
    await spends(world, 9)
    expect((await topUpOf(world)).started).toBeNull()
    expect(payments(world)).toEqual([])
  })

  test('cannot buy a pack that is not sold', async () => {
    await using world = await openHost()
    const setting = world.billing.setTopUp({ ...alice, topUp: { threshold: 10, packId: 'gone' } })
    await expect(setting).rejects.toMatchObject({ code: 'invalid_request' })
  })
})
