import type { RequestHandler } from 'express'
import { describe, expect, it } from 'vitest'
import { isBillingError } from '../../src/domain/errors.ts'
import type { HttpContext } from '../../src/http/context.ts'
import { createGuards, type Guards } from '../../src/http/guards/create-guards.ts'
import { newSubscription } from '../contracts/store-fixtures.ts'
import { alice, type Host, openHost } from './host.ts'
import { expectProblem } from './problems.ts'

/** The same host, whose catalog counts tokens, too. */
const countingTokens = ({ deps, ...context }: HttpContext): HttpContext => {
  const tokens = { name: 'tokens', scale: 1000, freeUses: 500 }
  return { ...context, deps: { ...deps, catalog: { ...deps.catalog, units: { ...deps.catalog.units, tokens } } } }
}

/** A host with one guarded route; it answers with what the guard left for it. */
const openGuarded = (guard: (guards: Guards) => RequestHandler): Promise<Host> =>
  openHost({
    mount: (app, context) =>
      void app.post(
        '/ask',
        guard(createGuards(countingTokens(context))),
        (_req, res) => void res.json({ passed: true, ...res.locals }),
      ),
  })

const ask = (host: Host, headers: Record<string, string> = alice) => host.call('POST /ask', { headers, json: {} })

/** Puts the account on a plan. */
const subscribe = async (host: Host, priceKey: string, changes: object = {}): Promise<void> => {
  const now = new Date()
  const account = await host.store.accounts.ensure({ accountId: 'alice', email: null, name: null }, now)
  const providerSubscriptionId = `subscription_${priceKey}`
  const fetch = await host.store.subscriptions.startFetch(providerSubscriptionId)
  const terms = { providerSubscriptionId, accountRef: account.ref, planId: priceKey, startedAt: now, ...changes }
  await host.store.subscriptions.save(
    newSubscription({ currentPeriodStartedAt: now, currentPeriodEndsAt: null, ...terms }),
    fetch,
    now,
  )
}

describe('every guard', () => {
  const guards: [string, (guards: Guards) => RequestHandler][] = [
    ['requireSubscription', (made) => made.requireSubscription()],
    ['requirePlan', (made) => made.requirePlan('starter')],
    ['requireFeature', (made) => made.requireFeature('sso')],
    ['enforceLimit', (made) => made.enforceLimit('workspaces', () => 0)],
    ['requireCredits', (made) => made.requireCredits(1)],
    ['chargeCredits', (made) => made.chargeCredits(1)],
  ]
  it.each(guards)('answers 401 when nobody is signed in: %s', async (_name, guard) => {
    await using host = await openGuarded(guard)
    expectProblem(await ask(host, {}), 401, 'unauthenticated')
    expect(host.writes).toEqual([])
  })
})

describe('requireSubscription', () => {
  it.each([
    ['active', {}, 200],
    ['trialing', {}, 200],
    ['past_due within its grace', { status: 'past_due' }, 200],
    ['past_due beyond it', { status: 'past_due', currentPeriodStartedAt: new Date('2020-01-01') }, 403],
    ['paused', { status: 'paused' }, 403],
    ['unpaid', { status: 'unpaid' }, 403],
    ['canceled', { status: 'canceled' }, 403],
    ['incomplete', { status: 'incomplete' }, 403],
  ])('decides on %s', async (_name, changes, status) => {
    await using host = await openGuarded((guards) => guards.requireSubscription())
    await subscribe(host, 'starter', changes)
    const reply = await ask(host)
    if (status === 200) expect(reply.body).toEqual({ passed: true })
    else expectProblem(reply, 403, 'subscription_required')
  })

  it('refuses an account without any', async () => {
    await using host = await openGuarded((guards) => guards.requireSubscription())
    expectProblem(await ask(host), 403, 'subscription_required')
  })
})

describe('requirePlan', () => {
  it('passes that plan and those above it, and names it to others', async () => {
    await using host = await openGuarded((guards) => guards.requirePlan('starter'))
    const refused = await ask(host)
    expectProblem(refused, 403, 'plan_required')
    expect(refused.body.details).toEqual({ planId: 'starter' })
    await subscribe(host, 'starter')
    expect((await ask(host)).status).toBe(200)
    await subscribe(host, 'growth')
    expect((await ask(host)).status).toBe(200)
  })

  it('refuses a lesser plan', async () => {
    await using host = await openGuarded((guards) => guards.requirePlan('growth'))
    await subscribe(host, 'starter')
    expectProblem(await ask(host), 403, 'plan_required')
  })

  it('of a plan that the catalog does not have fails at boot', async () => {
    await expect(openGuarded((guards) => guards.requirePlan('gold'))).rejects.toSatisfy((error) =>
      isBillingError(error, 'misconfigured'),
    )
  })
})

describe('requireFeature', () => {
  it('knows the features of contained plans, and the cheapest plan that has one', async () => {
    await using host = await openGuarded((guards) => guards.requireFeature('history'))
    const refused = await ask(host)
    expectProblem(refused, 403, 'feature_required')
    expect(refused.body.details).toEqual({ feature: 'history', planId: 'starter' })
    await subscribe(host, 'growth')
    expect((await ask(host)).status).toBe(200)
  })

  it('says that no plan has it, when none has', async () => {
    await using host = await openGuarded((guards) => guards.requireFeature('teleport'))
    expect((await ask(host)).body.details).toEqual({ feature: 'teleport', planId: null })
  })
})

describe('enforceLimit', () => {
  const counting = (count: number) => openGuarded((guards) => guards.enforceLimit('workspaces', async () => count))

  it('passes below the limit', async () => {
    await using host = await counting(0)
    expect((await ask(host)).status).toBe(200)
  })

  it.each([
    [1, 'starter'],
    [2, 'starter'],
    [3, 'growth'],
  ])('refuses with %i in use, and names %s', async (count, planId) => {
    await using host = await counting(count)
    const reply = await ask(host)
    expectProblem(reply, 403, 'plan_limit_reached')
    expect(reply.body.details).toEqual({ limit: 'workspaces', allowed: 1, planId })
  })

  it('passes any number where the limit is null', async () => {
    await using host = await counting(1_000_000)
    await subscribe(host, 'growth')
    expect((await ask(host)).status).toBe(200)
  })

  it('says that no plan would help with what none names', async () => {
    await using host = await openGuarded((guards) => guards.enforceLimit('rockets', () => 0))
    expect((await ask(host)).body.details).toEqual({ limit: 'rockets', allowed: 0, planId: null })
  })
})

describe('requireCredits', () => {
  it('looks and takes nothing', async () => {
    await using host = await openGuarded((guards) => guards.requireCredits(3))
    expect((await ask(host)).status).toBe(200)
    expect((await ask(host)).status).toBe(200)
    expect(host.writes).toEqual([])
  })

  it('refuses with the packs that would help', async () => {
    await using host = await openGuarded((guards) => guards.requireCredits(4))
    const reply = await ask(host)
    expectProblem(reply, 402, 'insufficient_credits')
    expect(reply.body.details).toMatchObject({ creditsNeeded: 4, creditsAvailable: 3, packs: [{ id: 'uses20' }] })
  })
})

describe('guards that count in another unit', () => {
  it('look and take there', async () => {
    await using looking = await openGuarded((guards) => guards.requireCredits(501, { unit: 'tokens' }))
    const refused = await ask(looking)
    expectProblem(refused, 402, 'insufficient_credits')
    expect(refused.body).toMatchObject({
      detail: 'This needs 0.501 tokens and 0.5 are left. Buy more to go on.',
      details: { unit: 'tokens', creditsNeeded: 501, creditsAvailable: 500, packs: [] },
    })
    await using taking = await openGuarded((guards) => guards.chargeCredits(300, { unit: 'tokens' }))
    expect((await ask(taking)).body).toMatchObject({ billing: { unit: 'tokens', balance: { available: 200 } } })
    expectProblem(await ask(taking), 402, 'insufficient_credits')
  })

  it.each<[string, (guards: Guards) => RequestHandler]>([
    ['requireCredits', (made) => made.requireCredits(1, { unit: 'gold' })],
    ['chargeCredits', (made) => made.chargeCredits(1, { unit: 'gold' })],
  ])('of a unit that is not counted fail at boot: %s', async (_name, guard) => {
    await expect(openGuarded(guard)).rejects.toThrow('A guard counts in gold, and the catalog counts uses, tokens.')
  })
})

describe('chargeCredits', () => {
  it('takes the credits first and leaves the charge on res.locals.billing', async () => {
    await using host = await openGuarded((guards) => guards.chargeCredits((req) => Number(req.get('x-cost'))))
    const reply = await ask(host, { ...alice, 'x-cost': '2' })
    expect(reply.body).toMatchObject({
      passed: true,
      billing: {
        replayed: false,
        entry: { credits: -2, note: { description: 'POST /ask' } },
        balance: { available: 1 },
      },
    })
    expectProblem(await ask(host, { ...alice, 'x-cost': '2' }), 402, 'insufficient_credits')
  })

  it('charges a repeated request once', async () => {
    await using host = await openGuarded((guards) => guards.chargeCredits(1))
    const headers = { ...alice, 'idempotency-key': 'k1' }
    await ask(host, headers)
    expect((await ask(host, headers)).body).toMatchObject({ billing: { replayed: true, balance: { available: 2 } } })
    expect((await ask(host)).body).toMatchObject({ billing: { replayed: false, balance: { available: 1 } } })
  })

  it('lets one charge pay for one request only', async () => {
    await using host = await openGuarded((guards) => guards.chargeCredits(1))
    const headers = { ...alice, 'idempotency-key': 'k1' }
    await ask(host, headers)
    const other = await host.call('POST /ask?about=something-else', { headers, json: {} })
    expectProblem(other, 422, 'idempotency_conflict')
  })

  it('takes nothing for a request that costs nothing', async () => {
    await using host = await openGuarded((guards) => guards.chargeCredits(() => 0))
    expect((await ask(host)).body).toEqual({ passed: true })
    expect(host.writes).toEqual([])
  })

  it.each([[-1], [0.5], [Number.NaN]])('refuses to take %d', async (cost) => {
    await using host = await openGuarded((guards) => guards.chargeCredits(() => cost))
    expectProblem(await ask(host), 500, 'misconfigured')
    expect(host.writes).toEqual([])
  })
})
