import { describe, expect, it } from 'vitest'
import { createAdminRouter } from '../../src/http/admin-router.ts'
import { createRouter } from '../../src/http/router.ts'
import { alice, openHost } from './host.ts'
import { expectProblem, refuses } from './problems.ts'

const openAdmin = () =>
  openHost({
    evidence: () => ({ ip: '203.0.113.7' }),
    mount: (app, context) => {
      app.use('/billing', createRouter(context))
      app.use('/admin', createAdminRouter(context))
    },
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

  it('erases what was kept for disputes', async () => {
    await using host = await openAdmin()
    const { body } = await host.call('POST /billing/purchases', { headers: alice, json: {} })
    expect((await host.call('DELETE /admin/accounts/alice/evidence')).body).toEqual({ erased: 1 })
    const purchase = await host.store.purchases.findByPayment(String(body.paymentId))
    expect(purchase?.evidence).toBeNull()
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
