import type { ChargeResponse, HoldResponse } from '@paywright/contract'
import { describe, expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import { openWorld } from './world.ts'

const holds = (actor: Actor, credits: number, key?: string) =>
  actor.post<HoldResponse>(
    '/credits/holds',
    { credits, description: 'A summary', expiresIn: 60 },
    key === undefined ? {} : { 'idempotency-key': key },
  )

const captures = (actor: Actor, holdId: string, body: object) =>
  actor.post<ChargeResponse>(`/credits/holds/${holdId}/capture`, body)

const releases = (actor: Actor, holdId: string) => actor.post<ChargeResponse>(`/credits/holds/${holdId}/release`, {})

describe('work of unknown cost', () => {
  test('holds credits, spends what it came to, and gets the rest back', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const { body: held } = await holds(alice, 3)
    expect(held).toMatchObject({ hold: { credits: 3 }, balance: { available: 0, held: 3 }, replayed: false })
    expect((await alice.ask()).status).toBe(402)

    expect(await captures(alice, held.hold.id, { credits: 2 })).toMatchObject({
      status: 200,
      body: { balance: { available: 1, held: 0, totalUses: 2 } },
    })
    expect(await captures(alice, held.hold.id, { credits: 2 })).toMatchObject({ body: { replayed: true } })
    expect(await captures(alice, held.hold.id, { credits: 1 })).toMatchObject({ status: 422 })
    expect(await releases(alice, held.hold.id)).toMatchObject({ status: 409, body: { code: 'hold_closed' } })
  })

  test('holds once for one key, however often it is asked', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const all = await Promise.all(Array.from({ length: 5 }, () => holds(alice, 2, 'work-1')))
    expect(new Set(all.map(({ body }) => body.hold.id)).size).toBe(1)
    expect(all.filter(({ body }) => body.replayed)).toHaveLength(4)
    expect(await alice.credits()).toMatchObject({ available: 1, held: 2 })
  })

  test('takes more than it held only when it says so, and only what is there', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const { body } = await holds(alice, 1)
    expect(await captures(alice, body.hold.id, { credits: 2 })).toMatchObject({ status: 400 })
    expect(await captures(alice, body.hold.id, { credits: 9, allowExtra: true })).toMatchObject({ status: 402 })
    expect(await captures(alice, body.hold.id, { credits: 3, allowExtra: true })).toMatchObject({
      status: 200,
      body: { balance: { available: 0, held: 0 } },
    })
  })

  test('that nobody finishes gives its credits back in time', async () => {
    let now = new Date()
    const clock = { now: () => now, after: () => () => {} }
    await using world = await openWorld({ clock })
    const alice = world.signIn('alice')
    await holds(alice, 3)
    now = new Date(now.getTime() + 60_000)
    expect(await alice.check()).toMatchObject({ hasCredit: true })
  })

  test('cannot touch the hold of somebody else', async () => {
    await using world = await openWorld()
    const { body } = await holds(world.signIn('alice'), 1)
    expect(await captures(world.signIn('bob'), body.hold.id, { credits: 1 })).toMatchObject({ status: 409 })
    expect(await world.signIn('alice').credits()).toMatchObject({ held: 1 })
  })

  test.each([
    ['no credits', { description: 'x' }],
    ['a negative number', { credits: -1, description: 'x' }],
    ['a fraction', { credits: 1.5, description: 'x' }],
    ['more than a day', { credits: 1, expiresIn: 86_401, description: 'x' }],
    ['something else', { credits: 1, description: 'x', price: 1 }],
  ])('asked with %s changes nothing', async (_what, body) => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    expect(await alice.post('/credits/holds', body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect(await alice.credits()).toMatchObject({ available: 3, held: 0 })
  })
})

describe('withHold', () => {
  const call = { accountId: 'account-alice', credits: 3, description: 'A summary' }

  test('spends what the work reports', async () => {
    await using world = await openWorld()
    const { result, charge } = await world.billing.withHold(call, async () => ({ result: 'text', credits: 2 }))
    expect([result, charge.balance.available, charge.balance.held]).toEqual(['text', 1, 0])
  })

  test('gives everything back when the work throws, or costs nothing', async () => {
    await using world = await openWorld()
    await expect(world.billing.withHold(call, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await world.billing.withHold(call, async () => ({ result: null, credits: 0 }))
    expect(await world.billing.credits(call)).toMatchObject({ available: 3, held: 0, spent: 0 })
  })

  test('goes on under its key while the hold is open, and no longer', async () => {
    let now = new Date()
    const clock = { now: () => now, after: () => () => {} }
    await using world = await openWorld({ clock })
    const keyed = { ...call, key: 'job-1', expiresInSeconds: 60 }
    await world.billing.hold(keyed)
    const work = async () => ({ result: 'text', credits: 2 })
    expect(await world.billing.withHold(keyed, work)).toMatchObject({ result: 'text' })
    await expect(world.billing.withHold(keyed, work)).rejects.toMatchObject({ code: 'hold_closed' })

    const late = { ...call, credits: 1, key: 'job-2', expiresInSeconds: 60 }
    await world.billing.hold(late)
    now = new Date(now.getTime() + 60_000)
    await expect(world.billing.withHold(late, work)).rejects.toMatchObject({ code: 'hold_closed' })
  })

  test('does no work that cannot be paid', async () => {
    await using world = await openWorld()
    let worked = false
    const work = async () => {
      worked = true
      return { result: null, credits: 1 }
    }
    await expect(world.billing.withHold({ ...call, credits: 4 }, work)).rejects.toMatchObject({
      code: 'insufficient_credits',
    })
    expect(worked).toBe(false)
  })
})
