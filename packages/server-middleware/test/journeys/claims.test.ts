import { describe, expect, test } from 'vitest'
import { buys, decides, disputes, refunds } from './money-back.ts'
import { openWorld } from './world.ts'

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
    await decides(bought, id, 'won')
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
