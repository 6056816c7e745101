import { describe, expect, it } from 'vitest'
import { applyFact } from '../../src/actions/apply-fact.ts'
import { readCredits } from '../../src/actions/read-credits.ts'
import { startCheckout } from '../../src/actions/start-checkout.ts'
import { defineCatalog } from '../../src/domain/define-catalog.ts'
import type { Fact } from '../../src/domain/event.ts'
import type { Deps } from '../../src/ports/deps.ts'
import { alice, type Bench, openBench } from './deps.ts'

const sells = (perMonth: number) =>
  defineCatalog({
    currency: 'usd',
    freePlan: 'free',
    plans: { free: { name: 'Free' }, pro: { name: 'Pro', month: 2900, credits: { perMonth } } },
    packs: {},
  })

const duringTheMonth = { now: () => new Date('2026-11-24T12:00:00Z'), after: () => () => {} }

/** Alice has paid for her first month, and nobody has heard of it yet. */
const subscribed = async ({ deps, bank }: Bench): Promise<Fact> => {
  const order = { planId: 'pro', interval: 'month', quantity: 1 } as const
  const { sessionId } = await startCheckout(deps, {
    identity: alice,
    order,
    returnPath: null,
    promotionCode: null,
    evidence: null,
  })
  bank.completes(sessionId, 'subscription_1')
  const [invoice] = await bank.listPaidInvoices('subscription_1')
  const providerInvoiceId = invoice?.providerInvoiceId ?? ''
  return { type: 'invoice.paid', providerInvoiceId, providerSubscriptionId: 'subscription_1' }
}

const openPlans = () => {
  const bench = openBench()
  return { ...bench, deps: { ...bench.deps, clock: duringTheMonth, catalog: sells(500) } satisfies Deps }
}

const planCredits = async (deps: Deps) => (await readCredits(deps, alice)).remaining.plan

describe('a paid invoice', () => {
  it('grants what its plan brings, once however often and at once it is heard of', async () => {
    const bench = openPlans()
    const fact = await subscribed(bench)
    await Promise.all([1, 2, 3].map(() => applyFact(bench.deps, fact)))
    expect(await planCredits(bench.deps)).toBe(500)
  })

  it('has granted what the catalog said then: another one changes nothing of it', async () => {
    const bench = openPlans()
    const fact = await subscribed(bench)
    await applyFact(bench.deps, fact)
    const deps = { ...bench.deps, catalog: sells(900) }
    expect(await applyFact(deps, fact)).toBe(true)
    expect(await planCredits(deps)).toBe(500)
  })

  it('brings none where no plan does, and asks for no other invoice', async () => {
    const bench = openBench()
    const deps = { ...bench.deps, catalog: { ...sells(500), plans: bench.deps.catalog.plans } }
    const fact = await subscribed({ ...bench, deps: { ...deps, catalog: sells(500) } })
    const provider = { ...deps.provider, listPaidInvoices: () => Promise.reject(new Error('was asked')) }
    expect(await applyFact({ ...deps, provider }, fact)).toBe(true)
    expect(await planCredits(deps)).toBe(0)
  })

  it('of a customer whom nobody knows is none of ours', async () => {
    const bench = openPlans()
    const fact = await subscribed(bench)
    const { store } = openBench().deps
    expect(await applyFact({ ...bench.deps, store }, fact)).toBe(false)
  })
})
