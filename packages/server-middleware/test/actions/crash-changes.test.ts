import { describe, expect, test } from 'vitest'
import { ensureAccount } from '../../src/actions/ensure-account.ts'
import { ensureCustomer } from '../../src/actions/ensure-customer.ts'
import { finishPendingChanges } from '../../src/actions/finish-pending-changes.ts'
import { receiveEvent } from '../../src/actions/receive-event.ts'
import { syncSubscription } from '../../src/actions/sync-subscription.ts'
import type { Deps } from '../../src/ports/deps.ts'
import { newInvoiceSnapshot } from '../contracts/mirror-fixtures.ts'
import { dieEverywhere, moments, type Story } from './crash.ts'
import { alice, type Bench, openBench } from './deps.ts'

const id = 'subscription_1'

const items = [
  {
    providerItemId: 'item_1',
    providerPriceId: 'price_1',
    priceKey: 'growth_monthly',
    quantity: 1,
    amountMinor: 7900,
    interval: 'month',
  },
] as const

/** A subscription that is known, and has become another since. */
const changes = async ({ deps, bank, told }: Bench): Promise<void> => {
  const account = await ensureAccount(deps, alice)
  const providerCustomerId = await ensureCustomer(deps, account)
  bank.bills({ providerSubscriptionId: id, providerCustomerId, items })
  await syncSubscription(deps, id)
  told.length = 0
  bank.bills({ providerSubscriptionId: id, status: 'past_due' })
}

const historyOf = async ({ store }: Deps) => {
  const account = await store.accounts.find(alice.accountId)
  return store.subscriptionChanges.list(account?.ref ?? '')
}

const pendingIn = ({ store }: Deps) => store.subscriptions.listUnfinished(new Date('2099-01-01'), 10)

const isToldOnce = async ({ deps, told }: Bench): Promise<void> => {
  expect(new Set(told.map(({ key }) => key))).toEqual(new Set([`subscription.changed:${id}:2`]))
  expect((await historyOf(deps)).map(({ number, kind }) => [number, kind])).toEqual([
    [1, 'new'],
    [2, 'other'],
  ])
  expect(await pendingIn(deps)).toEqual([])
}

const sync: Story = (deps) => syncSubscription(deps, id)

describe.each(moments)('a process that dies %s any call', (moment) => {
  test('loses no change of a subscription, which the next look tells', async () => {
    const deaths = await dieEverywhere(
      moment,
      async (bench) => {
        await changes(bench)
        return sync
      },
      isToldOnce,
    )

    expect(deaths).toBeGreaterThan(7)
  })

  test('leaves no change untold, though nobody looks again', async () => {
    await dieEverywhere(
      moment,
      async (bench) => {
        await changes(bench)
        return (deps, during) => (deps === during.deps ? finishPendingChanges(deps) : sync(deps, during))
      },
      async (bench) => {
        const saved = await bench.deps.store.subscriptions.find(id)
        if (saved?.status === 'past_due') await isToldOnce(bench)
      },
    )
  })
})

describe.each(moments)('a process that dies %s any call', (moment) => {
  test('tells of an invoice that could not be paid, once it is delivered again', async () => {
    const deaths = await dieEverywhere(
      moment,
      async (bench) => {
        await changes(bench)
        const subscription = await bench.bank.findSubscription(id)
        const owing = { providerInvoiceId: 'in_1', providerSubscriptionId: id, status: 'open' } as const
        const providerCustomerId = subscription?.providerCustomerId ?? ''
        const invoice = newInvoiceSnapshot({ ...owing, providerCustomerId, amountRemainingMinor: 7900 })
        bench.bank.holds({ invoices: new Map([['in_1', invoice]]) })
        const { status: _open, ...ids } = owing
        const { body, headers } = bench.bank.announces('event_1', { type: 'invoice.payment_failed', ...ids })
        return (deps) => receiveEvent(deps, { payload: Buffer.from(body), headers })
      },
      async ({ deps, told }) => {
        expect(told.map(({ key }) => key)).toContain('invoice.payment_failed:in_1:1')
        expect(await deps.store.invoices.find('in_1')).toMatchObject({ status: 'open' })
        expect(await pendingIn(deps)).toEqual([])
      },
    )

    expect(deaths).toBeGreaterThan(12)
  })
})

test('what is pending is left to whoever saved it, for a minute', async () => {
  const bench = openBench()
  await changes(bench)
  const { subscriptions } = bench.deps.store
  const before = await subscriptions.find(id)
  if (!before) throw new Error('There is no subscription.')
  const savedAt = bench.deps.clock.now()
  await subscriptions.save({ ...before, status: 'past_due' }, await subscriptions.startFetch(id), savedAt)
  const after = (milliseconds: number): Deps => {
    const now = () => new Date(savedAt.getTime() + milliseconds)
    return { ...bench.deps, clock: { ...bench.deps.clock, now } }
  }

  expect(await finishPendingChanges(after(60_000))).toBe(0)
  expect(await finishPendingChanges(after(60_001))).toBe(1)
  await isToldOnce(bench)
})

test('a change that cannot be told keeps no other one waiting, and is tried again', async () => {
  const bench = openBench()
  await changes(bench)
  const { store } = bench.deps
  const first = await store.subscriptions.find(id)
  if (!first) throw new Error('There is no subscription.')
  for (const providerSubscriptionId of ['a', 'b']) {
    const fetch = await store.subscriptions.startFetch(providerSubscriptionId)
    await store.subscriptions.save({ ...first, providerSubscriptionId }, fetch, new Date(0))
  }
  const claim: Deps['store']['effects']['claim'] = async (effect, lease) => {
    if (effect.key === 'subscription.activated:a') throw new Error('the database is gone')
    return store.effects.claim(effect, lease)
  }
  const failing = { ...store, effects: { ...store.effects, claim } }

  await expect(finishPendingChanges({ ...bench.deps, store: failing })).rejects.toThrow('the database is gone')
  expect(bench.told.map(({ key }) => key)).toEqual(['subscription.activated:b'])
  expect(await finishPendingChanges(bench.deps)).toBe(1)
  expect(bench.told.map(({ key }) => key)).toEqual(['subscription.activated:b', 'subscription.activated:a'])
})
