import { describe, expect, test } from 'vitest'
import { announce } from '../../src/actions/announce.ts'
import { chargeCredits } from '../../src/actions/charge-credits.ts'
import { deliverEffects } from '../../src/actions/deliver-effects.ts'
import { captureHold } from '../../src/actions/end-hold.ts'
import { holdCredits } from '../../src/actions/hold-credits.ts'
import { toNote } from '../../src/domain/credits/note.ts'
import type { EffectOf } from '../../src/domain/event.ts'
import type { Deps } from '../../src/ports/deps.ts'
import { alice } from './deps.ts'
import { Crash, type Moment, withCrash } from './faults.ts'
import { day, openPost } from './post.ts'

const ended = (key: string): EffectOf<'subscription.ended'> => ({
  key,
  type: 'subscription.ended',
  accountId: 'alice',
  providerSubscriptionId: key,
  planId: null,
})

describe('an effect', () => {
  test('is told once by ten that announce it at once, and once by ten workers', async () => {
    const { deps, told } = openPost()
    await Promise.all(Array.from({ length: 10 }, () => announce(deps, ended('a'))))
    expect(told).toHaveLength(1)

    const effects = Array.from({ length: 50 }, (_, i) => ended(`many-${i}`))
    await deps.store.effects.add(effects, deps.clock.now())
    await Promise.all(Array.from({ length: 10 }, () => deliverEffects(deps)))
    expect(
      told
        .slice(1)
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(effects.map(({ key }) => key).toSorted())
  })

  test('whose hook throws fails nobody else, and is told again after a pause', async () => {
    const post = openPost()
    post.refuses((effect) => effect.key === 'a')
    await announce(post.deps, ended('a'))
    await announce(post.deps, ended('b'))
    expect(post.keysTold()).toEqual(['b'])
    expect(post.logged('effect_failed')).toMatchObject([{ effect: 'a', type: 'subscription.ended', attempts: 1 }])

    post.refuses(() => false)
    await deliverEffects(post.deps)
    expect(post.keysTold()).toEqual(['b'])
    post.passes(10_000)
    await deliverEffects(post.deps)
    expect(post.keysTold()).toEqual(['b', 'a'])
    expect(await post.deps.store.effects.find('a')).toMatchObject({ state: 'sent', attempts: 2, error: null })
  })

  test('waits longer each time it fails', async () => {
    const post = openPost()
    post.refuses(() => true)
    await announce(post.deps, ended('a'))
    const pauses: number[] = []
    for (let i = 0; i < 5; i += 1) {
      const { dueAt } = (await post.deps.store.effects.find('a')) ?? {}
      pauses.push(Number(dueAt) - post.now())
      post.passes(Number(dueAt) - post.now())
      await deliverEffects(post.deps)
    }
    for (const [i, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(5_000 * 2 ** i)
      expect(pause).toBeLessThanOrEqual(10_000 * 2 ** i)
    }
  })

  test('that was not told is told by the next who announces it, without a worker', async () => {
    const post = openPost()
    post.refuses(() => true)
    await announce(post.deps, ended('a'))
    post.refuses(() => false)
    await announce(post.deps, ended('a'))
    await announce(post.deps, ended('a'))
    expect(post.keysTold()).toEqual(['a'])
  })

  test('that nobody wants to hear is given up in the end, and seen', async () => {
    const post = openPost()
    post.refuses(() => true)
    await announce(post.deps, ended('a'))
    for (let i = 0; i < 20; i += 1) {
      post.passes(day)
      await deliverEffects(post.deps)
    }
    const { effects } = post.deps.store
    expect(await effects.state()).toEqual({ oldestPendingAt: null, pending: 0, failed: 0, dead: 1 })
    expect(await effects.list(['dead'], { before: null, limit: 10 })).toMatchObject([
      { item: ended('a'), attempts: 15, error: 'Error: nobody listens' },
    ])
    expect(post.logged('effect_dead')).toMatchObject([{ effect: 'a', attempts: 15 }])
  })

  test('is told for good by the worker alone, wherever the process that announced it died', async () => {
    const moments: readonly Moment[] = ['before', 'after']
    let deaths = 0
    for (const moment of moments) deaths += await dieInEveryCall(moment)
    expect(deaths).toBeGreaterThan(4)
  })
})

/** Counts the deaths after which the effect was there; an effect that was never written down is its caller's to repeat. */
const dieInEveryCall = async (moment: Moment): Promise<number> => {
  for (let deaths = 0; ; deaths += 1) {
    const post = openPost()
    const { deps, crashed } = withCrash(post.deps, deaths + 1, moment)
    await announce(deps, ended('a')).catch((error: unknown) => expect(error).toBeInstanceOf(Crash))
    const isWritten = (await post.deps.store.effects.find('a')) !== null
    expect(isWritten).toBe(deaths > 0 || moment === 'after' || !crashed())
    post.forgets()
    post.passes(120_000)
    await deliverEffects(post.deps)
    if (isWritten) expect(post.keysTold()).toContain('a')
    if (isWritten) expect(new Set(post.sent)).toEqual(new Set(['subscription_canceled alice@example.com']))
    if (!crashed()) return deaths
  }
}

describe('credits', () => {
  const spend = (deps: Deps, credits: number, key: string) =>
    chargeCredits(deps, { identity: alice, credits, key, note: toNote({}) })
  const openLow = () => {
    const post = openPost()
    post.deps.policy = { ...post.deps.policy, lowAt: { uses: 2 }, credits: { overdraft: 10, shortfall: 'debt' } }
    return post
  }

  test('are low once, when a charge takes them below the threshold', async () => {
    const post = openLow()
    await spend(post.deps, 1, 'a')
    await post.settles()
    expect(post.told).toEqual([])
    await spend(post.deps, 1, 'b')
    await spend(post.deps, 1, 'b')
    await spend(post.deps, 1, 'c')
    await post.settles()
    expect(post.told).toMatchObject([{ type: 'credits.low', unit: 'uses', available: 1, threshold: 2, scale: 1 }])
    expect(post.sent).toEqual(['low_credits alice@example.com'])
  })

  test('are low when what was held is spent, not while it is held', async () => {
    const post = openLow()
    const held = { identity: alice, credits: 3, expiresInSeconds: 60, key: 'h', note: toNote({}) }
    const { hold } = await holdCredits(post.deps, held)
    await post.settles()
    expect(post.told).toEqual([])
    await captureHold(post.deps, { identity: alice, holdId: hold.id, credits: 2, allowExtra: false, note: toNote({}) })
    await post.settles()
    expect(post.told).toMatchObject([{ type: 'credits.low', available: 1 }])
  })

  test('are nobody’s concern where the host names no threshold', async () => {
    const post = openPost()
    await spend(post.deps, 3, 'a')
    await post.settles()
    expect(post.told).toEqual([])
  })
})
