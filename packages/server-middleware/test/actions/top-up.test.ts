import { describe, expect, it } from 'vitest'
import { chargeCredits } from '../../src/actions/charge-credits.ts'
import { grantCredits } from '../../src/actions/grant-credits.ts'
import { readCredits } from '../../src/actions/read-credits.ts'
import { runTopUp } from '../../src/actions/run-top-up.ts'
import { setTopUp } from '../../src/actions/set-top-up.ts'
import { startCheckout } from '../../src/actions/start-checkout.ts'
import { BillingError } from '../../src/domain/errors.ts'
import { memoryStore } from '../../src/memory/memory-store.ts'
import type { Deps } from '../../src/ports/deps.ts'
import { alice, openBench } from './deps.ts'

const note = { description: 'Work', metadata: {}, amountMinor: null, currency: null }
const noon = new Date('2026-11-24T12:00:00Z')

/** Somebody's bench, with the time that its processes share. */
const openShop = () => {
  const bench = openBench()
  let minutes = 0
  const now = () => new Date(noon.getTime() + minutes * 60_000)
  const store = memoryStore({ clock: { now } })
  return {
    ...bench,
    deps: { ...bench.deps, store, clock: { ...bench.deps.clock, now } },
    passes: (more: number) => {
      minutes += more
    },
  }
}

type Shop = ReturnType<typeof openShop>

/** A process of the host: what it puts off is done when `works` is called, if ever. */
const openProcess = ({ deps }: Shop) => {
  const waiting: (() => void)[] = []
  const after: Deps['clock']['after'] = (_delay, work) => {
    waiting.push(work)
    return () => {}
  }
  const works = async () => {
    for (const work of waiting.splice(0)) work()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { deps: { ...deps, clock: { ...deps.clock, after } }, works, waiting }
}

const charge = (deps: Deps, key: string, credits = 1) => chargeCredits(deps, { identity: alice, credits, key, note })

/** Alice has subscribed, so her card is on file; she has ten credits left, and an order for less than ten. */
const openTopped = async (bench: Shop, deps: Deps) => {
  const order = { planId: 'growth', interval: 'month', quantity: 1 } as const
  const page = { returnPath: null, promotionCode: null, evidence: null }
  bench.bank.completes((await startCheckout(deps, { identity: alice, order, ...page })).sessionId)
  await grantCredits(deps, { identity: alice, credits: 7, reason: 'Welcome', key: 'welcome', expiresAt: null })
  await setTopUp(deps, { identity: alice, terms: { threshold: 10, packId: 'uses20' } })
}

describe('a top-up', () => {
  it('is not waited for by the charge that starts it', async () => {
    const bench = openShop()
    const { deps, works, waiting } = openProcess(bench)
    await openTopped(bench, deps)
    const { balance } = await charge(deps, 'a')
    expect(balance).toMatchObject({ available: 9, topUp: { started: { triedAt: noon } } })
    expect([waiting.length, bench.bank.paymentCount()]).toEqual([1, 0])
    await works()
    expect(await readCredits(deps, alice)).toMatchObject({ available: 29, topUp: { started: null } })
  })

  it('of a process that died is carried out by another one, which a charge wakes a minute later', async () => {
    const bench = openShop()
    const died = openProcess(bench)
    await openTopped(bench, died.deps)
    await charge(died.deps, 'a')

    bench.passes(0.5)
    const soon = openProcess(bench)
    await charge(soon.deps, 'b')
    await soon.works()
    expect(bench.bank.paymentCount()).toBe(0)

    bench.passes(0.5)
    const heir = openProcess(bench)
    await charge(heir.deps, 'c')
    await heir.works()
    expect(await readCredits(heir.deps, alice)).toMatchObject({ available: 27, topUp: { started: null } })
    await died.works()
    expect(bench.bank.paymentCount()).toBe(1)
  })

  it('is paid once, whoever carries it out', async () => {
    const bench = openShop()
    const { deps } = openProcess(bench)
    await openTopped(bench, deps)
    const { entry } = await charge(deps, 'a')
    const account = await deps.store.accounts.find(alice.accountId)
    if (!account) throw new Error('Alice has no account.')
    const started = { unit: 'uses', startedBy: entry.seq }
    await Promise.all([1, 2, 3].map(() => runTopUp(deps, account, started)))
    await runTopUp(deps, account, started)
    expect(bench.bank.paymentCount()).toBe(1)
    expect(await readCredits(deps, alice)).toMatchObject({ available: 29, remaining: { paid: 20 } })
  })

  it('that is turned off before it is carried out takes no money', async () => {
    const bench = openShop()
    const { deps, works } = openProcess(bench)
    await openTopped(bench, deps)
    await charge(deps, 'a')
    await setTopUp(deps, { identity: alice, terms: null })
    await works()
    expect(bench.bank.paymentCount()).toBe(0)
  })

  it('that the provider does not answer stays under way, and the charge stays made', async () => {
    const bench = openShop()
    const { deps, works } = openProcess(bench)
    await openTopped(bench, deps)
    const errors: string[] = []
    const logger = { ...deps.logger, error: (_fields: object, event: string) => void errors.push(event) }
    const provider = { ...deps.provider, payOffSession: () => Promise.reject(new Error('is down')) }
    await charge({ ...deps, provider, logger }, 'a')
    await works()
    expect(errors).toEqual(['top_up_failed'])
    expect(await readCredits(deps, alice)).toMatchObject({ available: 9, topUp: { started: { triedAt: noon } } })
  })

  it('that the provider refuses comes to nothing', async () => {
    const bench = openShop()
    const { deps, works } = openProcess(bench)
    await openTopped(bench, deps)
    const refusal = new BillingError('provider_refused', 'No.')
    const provider = { ...deps.provider, payOffSession: () => Promise.reject(refusal) }
    await charge({ ...deps, provider }, 'a')
    await works()
    expect(bench.told).toMatchObject([{ type: 'top_up.declined', packId: 'uses20', code: 'provider_refused' }])
  })

  it('whose pack is not sold any more comes to nothing, and somebody hears of it', async () => {
    const bench = openShop()
    const { deps, works } = openProcess(bench)
    await openTopped(bench, deps)
    const later = { ...deps, catalog: { ...deps.catalog, packs: {} } }
    await charge(later, 'a')
    await works()
    expect(bench.told).toMatchObject([{ type: 'top_up.declined', packId: 'uses20', code: 'not_for_sale' }])
    expect(await readCredits(deps, alice)).toMatchObject({ topUp: { started: null, declines: 1 } })
  })
})
