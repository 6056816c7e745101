import { describe, expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import { openWorld, type World } from './world.ts'

type Bought = { world: World; alice: Actor; paymentId: string }

/** Alice has bought twenty uses beside her three free ones, with this card. */
const buys = async (world: World, card = 'pm_card_visa'): Promise<Bought> => {
  const alice = world.signIn('alice')
  const { paymentId } = await alice.startsPurchase()
  await stripe(world, `/v1/payment_intents/${paymentId}/confirm`, {
    payment_method: card,
    return_url: 'https://example.com',
  })
  await world.stripe.settled()
  return { world, alice, paymentId }
}

/** What somebody does in Stripe's dashboard. */
const stripe = async ({ stripe: { url, keys } }: World, path: string, fields: Record<string, string>) => {
  const headers = { authorization: `Bearer ${keys.secretKey}` }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) })
  expect(response.status).toBe(200)
}

const refunds = async ({ world, paymentId }: Bought, amount: number) => {
  await stripe(world, '/v1/refunds', { payment_intent: paymentId, amount: String(amount) })
  await world.stripe.settled()
}

const disputes = async ({ world }: Bought, outcome?: 'won' | 'lost') => {
  const [charge] = world.stripe.objects('charge')
  const dispute = world.stripe.core.raiseDispute(charge?.id ?? '')
  if (outcome) world.stripe.core.decideDispute(dispute.id, outcome)
  await world.stripe.settled()
  return dispute.id
}

describe('money that goes back', () => {
  test('takes its share of the credits along', async () => {
    await using world = await openWorld()
    const bought = await buys(world)
    await refunds(bought, 250)
    expect(await bought.alice.credits()).toMatchObject({ available: 13, paid: 10, free: 3 })
    await refunds(bought, 250)
    expect(await bought.alice.credits()).toMatchObject({ available: 3, paid: 0, debt: 0 })
    expect((await world.billing.verify()).unsound).toEqual([])
  })

  test('that fails brings the credits back', async () => {
    await using world = await openWorld()
    const bought = await buys(world, 'pm_card_refundFail')
    await refunds(bought, 500)
    await world.stripe.clock.advance({ days: 1 })
    await world.stripe.settled()
    expect(await bought.alice.credits()).toMatchObject({ available: 23, paid: 20 })
  })

  test('for credits that were spent is owed, and nothing can be spent until it is made up for', async () => {
    await using world = await openWorld()
    const bought = await buys(world)
    for (let i = 0; i < 13; i += 1) await bought.alice.ask()
    await refunds(bought, 500)
    expect(await bought.alice.credits()).toMatchObject({ available: -10, debt: 10 })
    expect((await bought.alice.ask()).status).toBe(402)
    await buys(world)
    expect(await bought.alice.credits()).toMatchObject({ available: 10, debt: 0 })
  })

  test('is nobody’s to answer for where the host says so', async () => {
    await using world = await openWorld({ credits: { shortfall: 'write_off' } })
    const bought = await buys(world)
    for (let i = 0; i < 13; i += 1) await bought.alice.ask()
    await refunds(bought, 500)
    expect(await bought.alice.credits()).toMatchObject({ available: 0, debt: 0 })
  })
})

describe('a dispute', () => {
  test('freezes the credits of its payment, and lets them go when it is won', async () => {
    await using world = await openWorld()
    const bought = await buys(world)
    const id = await disputes(bought)
    expect(await bought.alice.credits()).toMatchObject({ available: 3, frozen: 20 })
    world.stripe.core.decideDispute(id, 'won')
    await world.stripe.settled()
    expect(await bought.alice.credits()).toMatchObject({ available: 23, frozen: 0 })
  })

  test('takes them when it is lost', async () => {
    await using world = await openWorld()
    const bought = await buys(world)
    await disputes(bought, 'lost')
    expect(await bought.alice.credits()).toMatchObject({ available: 3, frozen: 0, debt: 0 })
    expect((await world.billing.verify()).unsound).toEqual([])
  })

  test('beside a refund takes no more than was paid', async () => {
    await using world = await openWorld()
    const bought = await buys(world)
    await refunds(bought, 300)
    await disputes(bought, 'lost')
    expect(await bought.alice.credits()).toMatchObject({ available: 3, debt: 0 })
  })
})
