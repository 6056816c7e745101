import { describe, expect, it } from 'vitest'
import { createAdminRouter } from '../../src/http/admin-router.ts'
import { createRouter } from '../../src/http/router.ts'
import { memoryStore } from '../../src/memory/memory-store.ts'
import type { OpenedBook } from '../../src/ports/ledger.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { newInvoiceSnapshot } from '../contracts/mirror-fixtures.ts'
import { charge, newLedger, times } from '../contracts/store-fixtures.ts'
import { alice, type HostOptions, openHost } from './host.ts'
import { expectProblem, refuses } from './problems.ts'

const openAdmin = (options: HostOptions = {}) =>
  openHost({
    ...options,
    evidence: () => ({ ip: '203.0.113.7' }),
    mount: (app, context) => {
      app.use('/billing', createRouter(context))
      app.use('/admin', createAdminRouter(context))
    },
  })

const of = (providerCustomerId: string, n: number) => ({
  providerCustomerId,
  providerInvoiceId: `in_${n}`,
  createdAt: new Date(Date.UTC(2026, 0, n)),
})

describe('the admin router', () => {
  it('shows an account, with its status', async () => {
    await using host = await openAdmin()
    await host.call('POST /billing/purchases', { headers: alice, json: {} })
    const { body } = await host.call('GET /admin/accounts/alice')
    expect(body).toMatchObject({
      account: { accountId: 'alice', email: 'alice@example.com', providerCustomerId: expect.any(String) },
      status: { accountId: 'alice', plan: { id: 'free' }, credits: { available: 3 } },
    })
  })

  it('brings an account in line with the provider', async () => {
    await using host = await openAdmin()
    await host.call('POST /billing/purchases', { headers: alice, json: {} })
    const account = await host.store.accounts.find('alice')
    host.provider.bills({
      providerSubscriptionId: 'subscription_1',
      providerCustomerId: String(account?.providerCustomerId),
      status: 'past_due',
      openInvoice: {
        providerInvoiceId: 'invoice_1',
        amountDueMinor: 2900,
        currency: 'usd',
        url: 'https://pay.example',
      },
    })
    const { body } = await host.call('POST /admin/accounts/alice/sync')
    expect(body.status).toMatchObject({
      subscription: { planId: null, planName: 'Custom plan', status: 'past_due', price: null },
      due: { reason: 'payment_failed', amount: { formatted: '$29.00' }, url: 'https://pay.example' },
    })
  })

  it('shows what the provider holds of an account, once it was brought in line', async () => {
    await using host = await openAdmin()
    await host.call('POST /billing/purchases', { headers: alice, json: {} })
    const account = await host.store.accounts.find('alice')
    const customer = String(account?.providerCustomerId)
    host.provider.holds({
      cards: new Map([[customer, 'card_good']]),
      invoices: new Map(
        [1, 2].map((n) => [`in_${n}`, newInvoiceSnapshot({ ...of(customer, n), status: n === 1 ? 'paid' : 'open' })]),
      ),
    })
    const { body } = await host.call('POST /admin/accounts/alice/sync')
    expect(body).toMatchObject({
      customer: { email: 'alice@example.com', balanceMinor: 0 },
      paymentMethods: [{ last4: '0001', isDefault: false }],
      invoices: [
        { providerInvoiceId: 'in_2', status: 'open', createdAt: '2026-01-02T00:00:00.000Z' },
        { providerInvoiceId: 'in_1', status: 'paid' },
      ],
      disputes: [],
      subscriptionChanges: [],
      paymentAttempts: [],
    })

    host.provider.loses(customer)
    host.provider.holds({ invoices: new Map([['in_2', newInvoiceSnapshot({ ...of(customer, 2), status: 'void' })]]) })
    const again = await host.call('POST /admin/accounts/alice/sync')
    expect(again.body).toMatchObject({ paymentMethods: [], invoices: [{ status: 'void' }, { status: 'paid' }] })
  })

  it('erases what was kept for disputes, and who the account is', async () => {
    await using host = await openAdmin()
    const { body } = await host.call('POST /billing/purchases', { headers: alice, json: {} })
    expect((await host.call('DELETE /admin/accounts/alice/evidence')).body).toEqual({ erased: 2 })
    const purchase = await host.store.purchases.findByPayment(String(body.paymentId))
    expect(purchase?.evidence).toBeNull()
    expect(await host.store.accounts.find('alice')).toMatchObject({ email: null })
  })

  it.each(['GET /admin/accounts/nobody', 'POST /admin/accounts/nobody/sync', 'DELETE /admin/accounts/nobody/evidence'])(
    '%s is not found, and makes nobody',
    async (what) => {
      await using host = await openAdmin()
      expectProblem(await refuses(host, what, {}), 404, 'not_found')
    },
  )

  it('takes nothing from another site, and nothing that it does not know', async () => {
    await using host = await openAdmin()
    const headers = { origin: 'https://evil.example' }
    expectProblem(await refuses(host, 'POST /admin/accounts/alice/sync', { headers }), 403, 'cross_site_request')
    expectProblem(await refuses(host, 'PUT /admin/accounts/alice', {}), 405, 'method_not_allowed')
    expectProblem(await refuses(host, 'GET /admin/secrets', {}), 404, 'not_found')
  })
})

const ask = { headers: alice, json: { description: 'Asked the agent' } }

type Books = BillingStore['ledger']['books']

const withBooks = (store: BillingStore, change: (books: Books) => Books): BillingStore => ({
  ...store,
  ledger: { ...store.ledger, books: change(store.ledger.books) },
})

/** The second entry of every book says something else than when it was written. */
const tampered = (books: Books): Books =>
  async function* (ledgerId) {
    for await (const book of books(ledgerId)) yield { ...book, entries: forged(book) }
  }

async function* forged({ entries }: OpenedBook) {
  for await (const portion of entries) yield portion.map((each) => (each.seq === 2 ? { ...each, key: 'forged' } : each))
}

describe('whether ledgers are sound', () => {
  it('is answered for all, and for one account', async () => {
    await using host = await openAdmin()
    await host.call('POST /billing/credits/charges', ask)
    const sound = { sound: true, ledgers: 1, entries: 2, unsoundCount: 0, unsound: [] }
    expect(await host.call('GET /admin/verify')).toMatchObject({ status: 200, body: sound })
    expect((await host.call('GET /admin/accounts/alice/verify')).body).toEqual(sound)
    expectProblem(await refuses(host, 'GET /admin/accounts/nobody/verify', {}), 404, 'not_found')
    expectProblem(await refuses(host, 'POST /admin/verify', {}), 405, 'method_not_allowed')
  })

  it('is answered with what is wrong, whose it is, and at which entry', async () => {
    await using host = await openAdmin({ store: withBooks(memoryStore(), tampered) })
    await host.call('POST /billing/credits/charges', ask)
    const flaw = { seq: 2, problem: 'is not as it was written, or not after the one before' }
    const unsound = [{ ledgerId: expect.stringMatching(/:uses$/), accountId: 'alice', flaws: [flaw] }]
    const verdict = { sound: false, ledgers: 1, entries: 2, unsoundCount: 1, unsound }
    expect((await host.call('GET /admin/verify')).body).toEqual(verdict)
    expect((await host.call('GET /admin/health?verify=1')).body).toMatchObject({ status: 'degraded', ledgers: verdict })
  })

  it('stays a short answer when everything is wrong', async () => {
    const store = withBooks(memoryStore(), tampered)
    for (const ref of times(101, () => newLedger(3))) await store.ledger.post(ref, charge('a'))
    await using host = await openAdmin({ store })
    const { body } = await host.call('GET /admin/verify')
    expect(body).toMatchObject({ ledgers: 101, unsoundCount: 101, unsound: { length: 100 } })
  })

  it('is looked into no longer than somebody waits for it', async () => {
    const endless: (books: Books) => Books = (books) =>
      async function* () {
        for (;;) {
          yield* books()
          await new Promise(setImmediate)
        }
      }
    await using host = await openAdmin({ store: withBooks(memoryStore(), endless) })
    await host.call('POST /billing/credits/charges', ask)
    const asking = fetch(`${host.url}/admin/verify`, { signal: AbortSignal.timeout(100) })
    await expect(asking).rejects.toThrow()
    await expect.poll(() => host.logs.map(({ event }) => event)).toContain('ledgers_verified')
  })
})

describe('the health that operators see', () => {
  it('is that of the router, and folds ledgers only when it is asked to', async () => {
    await using host = await openAdmin()
    await host.call('POST /billing/credits/charges', ask)
    const { body: health } = await host.call('GET /billing/health')
    expect(await host.call('GET /admin/health')).toMatchObject({ status: 200, body: health })
    expect(host.logs.map(({ event }) => event)).not.toContain('ledgers_verified')
    expect((await host.call('GET /admin/health?verify=1')).body).toEqual({
      ...health,
      ledgers: { sound: true, ledgers: 1, entries: 2, unsoundCount: 0, unsound: [] },
      indexes: [],
    })
  })

  it('says which indexes are missing or differ, when it is asked to verify, and is degraded', async () => {
    const migrate = async () => [{ index: 'purchases.openSlot', change: 'differs' as const }]
    await using host = await openAdmin({ store: { ...memoryStore(), migrate } })
    expect((await host.call('GET /admin/health?verify=1')).body).toMatchObject({
      status: 'degraded',
      indexes: [{ index: 'purchases.openSlot', change: 'differs' }],
    })
    expect((await host.call('GET /admin/health')).body).toMatchObject({ status: 'ok' })
  })

  it('folds the ten ledgers that were written in last, and no long one', async () => {
    const store = memoryStore()
    const [long, ...others] = times(13, () => newLedger(6_000))
    for (const ref of others) await store.ledger.post(ref, charge('a'))
    for (let i = 0; long && i < 5_000; i += 1) await store.ledger.post(long, charge(`c${i}`))
    await using host = await openAdmin({ store })
    expect((await host.call('GET /admin/health?verify=1')).body).toMatchObject({ ledgers: { ledgers: 9, entries: 18 } })
  })

  it('is down when the store is', async () => {
    const store = memoryStore()
    const ping = () => Promise.reject(new Error('gone'))
    await using host = await openAdmin({ store: { ...store, ping } })
    expect(await host.call('GET /admin/health?verify=1')).toMatchObject({ status: 503, body: { status: 'down' } })
  })
})
