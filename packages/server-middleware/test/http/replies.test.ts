import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { account } from '../../src/http/schemas/accounts.ts'
import { checkoutResponse, portalResponse } from '../../src/http/schemas/checkout.ts'
import { chargeResponse, checkResponse, credits, entryPage } from '../../src/http/schemas/credits.ts'
import { plansResponse } from '../../src/http/schemas/plans.ts'
import { purchase, startedPurchase } from '../../src/http/schemas/purchases.ts'
import { status } from '../../src/http/schemas/status.ts'
import { config, health } from '../../src/http/schemas/system.ts'
import { memoryStore } from '../../src/memory/memory-store.ts'
import { alice, type Call, type Host, openHost, service } from './host.ts'

const named = { oauthProvider: 'oauth:google', externalId: '1', customerEmail: 'a@b.co' }

/** Calls; the reply is of the schema, to the last field. */
const asks = async (host: Host, what: string, { schema, ...call }: Call & { schema: z.ZodType }) => {
  const reply = await host.call(what, call)
  expect([reply.status, reply.headers.get('cache-control')], reply.text).toEqual([200, 'no-store'])
  expect(schema.safeParse(reply.body), reply.text).toMatchObject({ success: true })
  return reply.body
}

describe('what comes back', () => {
  it('for a service: the account that it names, the same again for the same', async () => {
    await using host = await openHost()
    const json = { ...named, initialBalanceMinor: 130, currency: 'usd', planName: 'Free' }
    const call = { headers: service, json, schema: account }
    const first = await asks(host, 'POST /billing/accounts', call)
    const again = await asks(host, 'POST /billing/accounts', call)
    expect(first).toMatchObject({ ...named, accountId: 'oauth:google:1', planName: 'Free', currency: 'usd' })
    expect(again).toEqual(first)
    const check = { headers: service, json: named, schema: checkResponse }
    expect(await asks(host, 'POST /billing/credits/check', check)).toMatchObject({ creditsRemaining: 5 })
  })

  it('for a service: a refusal of terms that the catalog does not have', async () => {
    await using host = await openHost()
    const json = { ...named, currency: 'eur', planName: 'gold' }
    const { status: code, body } = await host.call('POST /billing/accounts', { headers: service, json })
    expect(code).toBe(400)
    expect((body.details as { fields: object[] }).fields).toMatchObject([{ path: 'currency' }, { path: 'planName' }])
  })

  it('of a check: free uses apart from credits, and what to buy when there are none', async () => {
    await using host = await openHost()
    const check = { headers: alice, json: {}, schema: checkResponse }
    expect(await asks(host, 'POST /billing/credits/check', check)).toEqual({
      hasCredit: true,
      creditsRemaining: 0,
      planName: 'Free',
      reason: null,
      freeUsesRemaining: 3,
      totalUses: 0,
      purchaseRequired: false,
    })
    expect(host.writes).toEqual([])

    const charge = { headers: alice, json: { credits: 3, description: 'three questions' }, schema: chargeResponse }
    await asks(host, 'POST /billing/credits/charges', charge)
    expect(await asks(host, 'POST /billing/credits/check', check)).toEqual({
      hasCredit: false,
      creditsRemaining: 0,
      planName: 'Free',
      reason: 'No free uses or credits remaining',
      freeUsesRemaining: 0,
      totalUses: 3,
      purchaseRequired: true,
      purchasePriceMinor: 500,
      purchaseUses: 20,
    })
  })

  it('of the history: pages, newest first', async () => {
    await using host = await openHost()
    for (const description of ['one', 'two', 'three']) {
      await host.call('POST /billing/credits/charges', { headers: alice, json: { description } })
    }
    const page = { headers: alice, schema: entryPage }
    const first = await asks(host, 'GET /billing/credits/entries?limit=2&unit=uses', page)
    expect(first.items).toMatchObject([{ description: 'three', balanceAfter: 0 }, { description: 'two' }])
    const second = await asks(host, `GET /billing/credits/entries?limit=2&cursor=${first.nextCursor}`, page)
    expect(second.items).toMatchObject([
      { description: 'one', credits: -1 },
      { type: 'grant', credits: 3 },
    ])
  })

  it('of a purchase: its secret to the buyer who starts it, and its state to whoever asks after', async () => {
    await using host = await openHost()
    const started = await asks(host, 'POST /billing/purchases', { headers: alice, json: {}, schema: startedPurchase })
    expect(started).toMatchObject({ usesPurchased: 20, amountMinor: 500, price: { formatted: '$5.00' } })
    host.provider.pays(String(started.paymentId))
    const call = { headers: alice, schema: purchase }
    expect(await asks(host, `GET /billing/purchases/${started.paymentId}`, call)).toMatchObject({ status: 'succeeded' })
    expect(await asks(host, 'GET /billing/credits', { headers: alice, schema: credits })).toMatchObject({
      available: 23,
      free: 3,
      paid: 20,
    })
  })

  it('of the status: right on the first render after a checkout', async () => {
    await using host = await openHost()
    const json = { planId: 'growth', interval: 'year' }
    const opened = await asks(host, 'POST /billing/checkout', { headers: alice, json, schema: checkoutResponse })
    const path = `GET /billing/status?sessionId=${opened.sessionId}`
    const call = { headers: alice, schema: status }
    expect(await asks(host, path, call)).toMatchObject({
      plan: { id: 'free' },
      subscription: null,
      due: null,
      checkout: { status: 'open', kind: 'subscription', planId: 'growth' },
    })

    const known = await host.store.accounts.find('alice')
    host.provider.bills({
      providerSubscriptionId: 'subscription_1',
      providerCustomerId: String(known?.providerCustomerId),
      items: [
        {
          providerItemId: 'item_1',
          providerPriceId: 'price_1',
          priceKey: 'growth_yearly',
          quantity: 1,
          amountMinor: 79000,
          interval: 'year',
        },
      ],
    })
    host.provider.completes(String(opened.sessionId), 'subscription_1')
    expect(await asks(host, path, call)).toMatchObject({
      plan: { id: 'growth', name: 'Growth' },
      subscription: { planName: 'Growth', hasAccess: true, interval: 'year', price: { formatted: '$790.00' } },
      entitlements: { features: ['history', 'sso'], limits: { workspaces: null } },
      checkout: { status: 'complete' },
    })
  })

  it('of the portal: where to go', async () => {
    await using host = await openHost()
    const call = { headers: alice, json: { returnPath: '/account?tab=billing' }, schema: portalResponse }
    const { url } = await asks(host, 'POST /billing/portal', call)
    const back = new URL(String(new URL(String(url)).searchParams.get('return')))
    expect([back.origin, back.pathname, back.searchParams.get('tab')]).toEqual([host.url, '/account', 'billing'])
    expect(back.searchParams.has('portal_return')).toBe(true)
  })

  it('to everybody: config and plans, with price tags and what a year saves', async () => {
    await using host = await openHost()
    expect(await asks(host, 'GET /billing/config', { schema: config })).toMatchObject({
      provider: 'tiny',
      publishableKey: 'tiny_public',
      features: { checkout: true, purchases: true },
    })
    const { plans } = await asks(host, 'GET /billing/plans', { schema: plansResponse })
    expect(plans).toMatchObject([
      { id: 'free', prices: { month: null, year: null }, action: null },
      {
        id: 'starter',
        prices: {
          month: { price: { formatted: '$29.00' }, saving: null, action: null },
          year: { price: { formatted: '$290.00' }, perMonth: { formatted: '$24.17' }, saving: { formatted: '$58.00' } },
        },
      },
      { id: 'growth', everythingIn: 'Starter', features: ['sso'] },
    ])
    const known = await asks(host, 'GET /billing/plans', { headers: alice, schema: plansResponse })
    expect(known.plans).toMatchObject([{ action: 'current' }, { prices: { month: { action: 'subscribe' } } }, {}])
  })

  it('of health: 503 when the store is down', async () => {
    await using host = await openHost()
    expect(await asks(host, 'GET /billing/health', { schema: health })).toMatchObject({ status: 'ok' })
    const ping = () => Promise.reject(new Error('the database is gone'))
    await using broken = await openHost({ store: { ...memoryStore(), ping } })
    const reply = await broken.call('GET /billing/health')
    expect([reply.status, reply.headers.get('content-type')]).toEqual([503, 'application/json; charset=utf-8'])
    expect(health.parse(reply.body)).toMatchObject({ status: 'down', store: { status: 'down' } })
  })
})
