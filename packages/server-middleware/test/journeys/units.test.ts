import type { AnyProblem, ChargeResponse, CheckResponse, Entry, HoldResponse, Page } from '@paywright/contract'
import { describe, expect, test, vi } from 'vitest'
import { defineCatalog } from '../../src/domain/define-catalog.ts'
import type { Actor } from './actor.ts'
import { buys, disputes, refunds } from './money-back.ts'
import { payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const catalog = defineCatalog({
  currency: 'usd',
  freeUses: 3,
  units: { tokens: { scale: 1000 }, seconds: { freeUses: 60 } },
  freePlan: 'free',
  plans: {
    free: { name: 'Free' },
    pro: { name: 'Pro', month: 2900, credits: { perMonth: 5000, unit: 'tokens' } },
    max: { name: 'Max', month: 9900, credits: { perMonth: 8000, unit: 'tokens' } },
  },
  packs: {
    uses20: { name: '20 uses', credits: 20, amountMinor: 500 },
    tokens: { name: 'Ten tokens', unit: 'tokens', credits: 10_000, amountMinor: 900 },
  },
})

const accountId = 'account-alice'

const openHost = () => openWorld({ catalog, time: 'stripe' })

const buysTokens = (world: World) => buys(world, 'pm_card_visa', 'tokens')

const charges = (actor: Actor, body: object, key?: string) =>
  actor.post<ChargeResponse & AnyProblem>(
    '/credits/charges',
    { description: 'Work', ...body },
    key === undefined ? {} : { 'idempotency-key': key },
  )

const subscribes = async (world: World, planId: string): Promise<Actor> => {
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout(planId)
  payInCheckout(world.stripe, body.sessionId)
  await world.stripe.settled()
  return alice
}

const soundly = async (world: World) => expect((await world.billing.verify({ accountId })).unsound).toEqual([])

describe('an account that is counted in several units', () => {
  test('begins with the free uses of each', async () => {
    await using world = await openHost()
    const alice = world.signIn('alice')
    expect(await alice.credits()).toMatchObject({ unit: 'uses', scale: 1, available: 3, free: 3 })
    expect(await alice.credits('seconds')).toMatchObject({ unit: 'seconds', scale: 1, available: 60, free: 60 })
    expect(await alice.credits('tokens')).toMatchObject({ unit: 'tokens', scale: 1000, available: 0 })
  })

  test('buys and spends one without touching the other', async () => {
    await using world = await openHost()
    const { alice } = await buysTokens(world)
    const spent = await charges(alice, { unit: 'tokens', credits: 1500 })
    expect(spent).toMatchObject({ status: 200, body: { balance: { unit: 'tokens', scale: 1000, available: 8500 } } })
    expect(await charges(alice, {})).toMatchObject({ status: 200, body: { balance: { unit: 'uses', available: 2 } } })
    expect(await alice.credits('tokens')).toMatchObject({ available: 8500, paid: 8500, totalUses: 1500 })
    expect((await alice.status()).credits).toMatchObject({ unit: 'uses', available: 2 })

    const { body } = await alice.get<Page<Entry>>('/credits/entries?unit=tokens')
    expect(body.items.map(({ type, credits }) => [type, credits])).toEqual([
      ['charge', -1500],
      ['grant', 10_000],
    ])
    await soundly(world)
    expect(await world.billing.verify({ accountId })).toMatchObject({ ledgers: 2 })
  })

  test('is refused in one while the other has plenty, and offered what helps', async () => {
    await using world = await openHost()
    const { alice } = await buysTokens(world)
    expect(await charges(alice, { credits: 4 })).toMatchObject({
      status: 402,
      body: { details: { unit: 'uses', creditsNeeded: 4, creditsAvailable: 3, packs: [{ id: 'uses20' }] } },
    })
    const refused = await charges(alice, { unit: 'tokens', credits: 10_001 })
    expect(refused).toMatchObject({
      status: 402,
      body: {
        detail: 'This needs 10.001 tokens and 10 are left. Buy more to go on.',
        details: { packs: [{ id: 'tokens', unit: 'tokens', scale: 1000, usesPurchased: 10_000 }] },
      },
    })
    const check = async (body: object) => (await alice.post<CheckResponse>('/credits/check', body)).body
    expect(await check({ unit: 'tokens', credits: 10_000 })).toMatchObject({ hasCredit: true, freeUsesRemaining: 0 })
    expect(await check({ unit: 'tokens', credits: 10_001 })).toMatchObject({ hasCredit: false, purchaseUses: 10_000 })
    expect(await check({ credits: 4 })).toMatchObject({ hasCredit: false, purchaseUses: 20 })
    expect(await check({ unit: 'seconds', credits: 61 })).not.toHaveProperty('purchaseUses')
  })

  test('says what it counts in when it is asked for something else', async () => {
    await using world = await openHost()
    const alice = world.signIn('alice')
    const answers = [
      await alice.get('/credits?unit=gold'),
      await alice.get('/credits/entries?unit=gold'),
      await alice.post('/credits/check', { unit: 'gold' }),
      await charges(alice, { unit: 'constructor' }),
      await alice.post('/credits/holds', { unit: 'gold', credits: 1, description: 'Work' }),
      await alice.post('/credits/holds/gold.h1/capture', { credits: 1 }),
      await alice.post('/credits/holds/gold.h1/release', {}),
    ]
    for (const { status, body } of answers) {
      const fields = [{ path: 'unit', message: 'must be one of uses, tokens, seconds' }]
      expect({ status, body }).toMatchObject({ status: 400, body: { code: 'invalid_request', details: { fields } } })
    }
    expect(await charges(alice, { unit: 'tokens', credits: 1.5 })).toMatchObject({ status: 400 })
    expect(await world.database.collection('billing_accounts').countDocuments()).toBe(0)
  })

  test('is charged once for a key in each unit', async () => {
    await using world = await openHost()
    const { alice } = await buysTokens(world)
    await charges(alice, { credits: 1 }, 'answer-1')
    await charges(alice, { unit: 'tokens', credits: 700 }, 'answer-1')
    expect((await charges(alice, { unit: 'tokens', credits: 700 }, 'answer-1')).body.replayed).toBe(true)
    expect(await alice.credits()).toMatchObject({ available: 2 })
    expect(await alice.credits('tokens')).toMatchObject({ available: 9300 })
  })
})

describe('credits of one unit that are set aside', () => {
  test('are found again in its book', async () => {
    await using world = await openHost()
    const { alice } = await buysTokens(world)
    const holds = async (unit: string, credits: number) =>
      (await alice.post<HoldResponse>('/credits/holds', { unit, credits, description: 'Work' })).body.hold
    const [uses, tokens, more] = [await holds('uses', 2), await holds('tokens', 4000), await holds('tokens', 1000)]
    expect([uses.unit, tokens.unit]).toEqual(['uses', 'tokens'])
    expect([uses.id, tokens.id]).toEqual(['h2', 'tokens.h2'])

    await alice.post(`/credits/holds/${tokens.id}/capture`, { credits: 2500 })
    await alice.post(`/credits/holds/${more.id}/release`, {})
    expect(await alice.credits('tokens')).toMatchObject({ available: 7500, held: 0, totalUses: 2500 })
    expect(await alice.credits()).toMatchObject({ available: 1, held: 2 })
    await alice.post(`/credits/holds/${uses.id}/capture`, { credits: 1 })
    expect(await alice.credits()).toMatchObject({ available: 2, held: 0 })
    await soundly(world)
  })

  test('are worked off in it', async () => {
    await using world = await openHost()
    await buysTokens(world)
    const call = { accountId, unit: 'tokens', credits: 3000, description: 'A summary' }
    const { charge } = await world.billing.withHold(call, async () => ({ result: 'text', credits: 1234 }))
    expect(charge).toMatchObject({ unit: 'tokens', balance: { available: 8766, held: 0 } })
  })
})

describe('money that goes back', () => {
  test('takes the tokens that it paid for, and no uses', async () => {
    await using world = await openHost()
    const bought = await buysTokens(world)
    await charges(bought.alice, { unit: 'tokens', credits: 6000 })
    await refunds(bought, 450)
    expect(await bought.alice.credits('tokens')).toMatchObject({ available: -1000, debt: 1000, paid: 0 })
    expect(await bought.alice.credits()).toMatchObject({ available: 3, debt: 0 })
    await soundly(world)
  })

  test('freezes tokens while it is disputed', async () => {
    await using world = await openHost()
    const bought = await buysTokens(world)
    await disputes(bought)
    expect(await bought.alice.credits('tokens')).toMatchObject({ available: 0, frozen: 10_000 })
    expect(await bought.alice.credits()).toMatchObject({ available: 3, frozen: 0 })
  })
})

describe('the allowance of a plan', () => {
  test('comes in its unit', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'pro')
    expect(await alice.credits('tokens')).toMatchObject({ available: 5000, plan: 5000 })
    expect(await alice.credits()).toMatchObject({ available: 3, plan: 0 })
    await soundly(world)
  })
})

describe('a top-up', () => {
  const settles = async (world: World) => {
    const started = async () => (await world.billing.credits({ accountId, unit: 'tokens' })).topUp.started
    await vi.waitFor(async () => expect(await started()).toBeNull(), { timeout: 10_000, interval: 20 })
    await world.stripe.settled()
  }

  test('watches the unit that its pack brings', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'pro')
    await world.billing.setTopUp({ accountId, topUp: { threshold: 2000, packId: 'tokens' } })
    await charges(alice, { credits: 3 })
    await charges(alice, { unit: 'tokens', credits: 2900 })
    expect(await alice.credits('tokens')).toMatchObject({ paid: 0 })
    await charges(alice, { unit: 'tokens', credits: 200 })
    await settles(world)
    expect(await alice.credits('tokens')).toMatchObject({ available: 11_900, paid: 10_000 })
    expect(await alice.credits()).toMatchObject({ available: 0, paid: 0 })

    await world.billing.setTopUp({ accountId, unit: 'tokens', topUp: null })
    expect((await world.billing.credits({ accountId, unit: 'tokens' })).topUp.terms).toBeNull()
    await soundly(world)
  })

  test('cannot buy uses when tokens are few', async () => {
    await using world = await openHost()
    const setting = world.billing.setTopUp({ accountId, unit: 'tokens', topUp: { threshold: 1, packId: 'uses20' } })
    await expect(setting).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('must be a pack of tokens'),
    })
  })
})

describe('the host itself', () => {
  test('checks, charges, grants and looks after each unit', async () => {
    await using world = await openHost()
    const tokens = { accountId, unit: 'tokens' }
    await world.billing.grant({ ...tokens, credits: 900, reason: 'Sorry', key: 'sorry' })
    await world.billing.charge({ ...tokens, credits: 100, description: 'Work' })
    expect(await world.billing.check({ ...tokens, credits: 800 })).toMatchObject({ allowed: true })
    expect(await world.billing.check({ accountId, credits: 4 })).toMatchObject({ allowed: false })

    const { ledger } = world.billing
    expect(await ledger.adjust({ ...tokens, credits: 50, reason: 'Lost', key: 'lost' })).toMatchObject({
      unit: 'tokens',
      balance: { available: 850 },
    })
    expect(await ledger.reverse({ ...tokens, seq: 2, reason: 'Empty' })).toMatchObject({ balance: { available: 950 } })
    expect(await ledger.freeze({ ...tokens, reason: 'Review' })).toMatchObject({ changed: true })
    await expect(world.billing.charge({ ...tokens, description: 'Work' })).rejects.toMatchObject({
      code: 'credits_frozen',
    })
    await world.billing.charge({ accountId, description: 'Work' })
    expect((await world.billing.entries(tokens)).items).toHaveLength(5)
    await soundly(world)
  })
})
