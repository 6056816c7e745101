import type { AnyProblem, PlansResponse } from '@paywright/contract'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/domain/define-catalog.ts'
import { payInCheckout } from './stripe-page.ts'
import { openWorld } from './world.ts'

const workspace = { accountId: 'wks_1', userId: 'usr_1', email: 'owner@example.com', name: 'Kyora' }

describe("a workspace is billed: Kyora's flow", () => {
  test('signing up makes the customer, once, with the workspace in its metadata', async () => {
    await using world = await openWorld()

    const [account] = await Promise.all([1, 2, 3].map(() => world.billing.ensureAccount(workspace)))

    const customers = world.stripe.objects('customer')
    expect(customers).toHaveLength(1)
    expect(customers[0]).toMatchObject({
      id: account?.providerCustomerId,
      email: workspace.email,
      name: workspace.name,
      metadata: { accountId: 'wks_1', createdVia: 'paywright' },
    })
  })

  test('plans are shown, each with what its button does', async () => {
    await using world = await openWorld({ webhooks: 'off' })

    const visitor = (await world.stranger().get<PlansResponse>('/plans')).body
    const member = (await world.signIn('alice').get<PlansResponse>('/plans')).body

    expect(visitor.plans.map(({ id, action }) => [id, action])).toEqual([
      ['free', null],
      ['starter', null],
      ['growth', null],
    ])
    expect(member.plans.map(({ id, action, prices }) => [id, prices.month?.action ?? action])).toEqual([
      ['free', 'current'],
      ['starter', 'subscribe'],
      ['growth', 'subscribe'],
    ])
    expect(member.plans[2]?.prices.year).toMatchObject({
      price: { amountMinor: 79000, formatted: '$790.00' },
      saving: { amountMinor: 15800, formatted: '$158.00' },
    })
  })

  test('a paid plan goes through Checkout, and everything made carries the workspace', async () => {
    await using world = await openWorld()
    const { sessionId } = await world.billing.startCheckout({ ...workspace, planId: 'growth', interval: 'month' })
    payInCheckout(world.stripe, sessionId)
    await world.stripe.settled()

    const labels = { accountId: 'wks_1', userId: 'usr_1', planId: 'growth', createdVia: 'paywright' }
    expect(world.stripe.objects('checkout.session')[0]?.metadata).toMatchObject(labels)
    expect(world.stripe.objects('subscription')[0]?.metadata).toMatchObject(labels)
    expect(await world.billing.status(workspace)).toMatchObject({ plan: { id: 'growth' }, access: true })
  })

  test('a wrong, missing or stale signature is refused, and nothing is written', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const payload = JSON.stringify({ id: 'evt_forged', object: 'event', type: 'payment_intent.succeeded' })
    const stale = `t=${Math.floor(Date.now() / 1000) - 600},v1=${'0'.repeat(64)}`

    for (const signature of ['', 'nonsense', stale, `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}`]) {
      const response = await fetch(`${world.url}/billing/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'stripe-signature': signature },
        body: payload,
      })
      expect(response.status).toBe(400)
      expect(response.headers.get('content-type')).toContain('application/problem+json')
      expect(await response.json()).toMatchObject({ code: 'webhook_signature_invalid' })
    }
    expect(await world.database.collection('billing_events').countDocuments()).toBe(0)
  })

  test("Stripe's refusal is a problem with Stripe's request id, and without its words", async () => {
    const big = { name: 'Nearly a million', credits: 1, amountMinor: 99_999_999 }
    await using world = await openWorld({
      webhooks: 'off',
      catalog: defineCatalog({
        currency: 'usd',
        freePlan: 'free',
        plans: { free: { name: 'Free' } },
        packs: { big },
      }),
    })

    const order = { packId: 'big', quantity: 2 }
    const { status, body } = await world.signIn('alice').post<AnyProblem>('/purchases', order)

    expect(status).toBe(502)
    expect(body).toMatchObject({ code: 'provider_refused', providerRequestId: expect.stringMatching(/^req_/) })
    expect(JSON.stringify(body)).not.toContain('999,999')
  })
})
