import type { Account, ChargeResponse, CheckResponse, StartedPurchase } from '@paywright/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import { payInPage } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const named = { oauthProvider: 'oauth:google', externalId: 'stripe-test@example.com' }

const charge = {
  ...named,
  amountMinor: 100,
  currency: 'usd',
  description: 'Free use test',
  metadata: { messageId: 'msg-001', agentId: 'datum' },
}

describe("a service sells uses: CIRIS's nine steps", () => {
  let world: World
  let agent: Actor
  let purchase: StartedPurchase

  beforeAll(async () => {
    world = await openWorld()
    agent = world.service()
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const check = async () => (await agent.post<CheckResponse>('/credits/check', { ...named, context: {} })).body

  test('1 the stack is up', async () => {
    expect(await agent.get('/health')).toMatchObject({ status: 200, body: { status: 'ok' } })
  })

  test('2 a new account is made, and the same again is the same', async () => {
    const request = { ...named, initialBalanceMinor: 0, currency: 'usd', planName: 'free' }
    const made = await agent.post<Account>('/accounts', request)
    const again = await agent.post<Account>('/accounts', request)

    expect(made).toMatchObject({ status: 200, body: { ...named, planName: 'Free', currency: 'usd' } })
    expect(again.body).toEqual(made.body)
  })

  test('3 it has three free uses', async () => {
    expect(await check()).toEqual({
      hasCredit: true,
      creditsRemaining: 0,
      planName: 'Free',
      reason: null,
      freeUsesRemaining: 3,
      totalUses: 0,
      purchaseRequired: false,
    })
  })

  test('4 the first use is free', async () => {
    const { status, body } = await agent.post<ChargeResponse>('/credits/charges', charge)

    expect(status).toBe(200)
    expect(body).toMatchObject({ replayed: false, balance: { free: 2, paid: 0, available: 2, totalUses: 1 } })
    expect(body.entry).toMatchObject({
      type: 'charge',
      credits: -1,
      balanceAfter: 2,
      description: charge.description,
      metadata: charge.metadata,
      amountMinor: 100,
      currency: 'usd',
    })
  })

  test('5 two are left', async () => {
    expect(await check()).toMatchObject({ freeUsesRemaining: 2, totalUses: 1, hasCredit: true })
  })

  test('5a after all three a purchase is required, and says what it costs', async () => {
    await agent.post('/credits/charges', charge)
    await agent.post('/credits/charges', charge)

    expect(await check()).toEqual({
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
    expect(await agent.post('/credits/charges', charge)).toMatchObject({
      status: 402,
      body: { code: 'insufficient_credits', details: { packs: [{ id: 'uses20', usesPurchased: 20 }] } },
    })
  })

  test('6 a purchase is initiated', async () => {
    const without = await agent.post('/purchases', named)
    const { status, body } = await agent.post<StartedPurchase>('/purchases', {
      ...named,
      customerEmail: named.externalId,
    })
    purchase = body

    expect(without).toMatchObject({ status: 400, body: { code: 'email_required' } })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      amountMinor: 500,
      currency: 'usd',
      usesPurchased: 20,
      status: 'requires_payment_method',
    })
    expect(body.paymentId).toMatch(/^pi_/)
    expect(body.clientSecret).toContain(`${body.paymentId}_secret_`)
  })

  test('7 it is paid', async () => {
    expect(await payInPage(world.stripe, purchase, 'works')).toEqual({ status: 'succeeded', error: null })
  })

  test('8 the webhook adds twenty uses', async () => {
    await world.stripe.settled()

    expect(world.logs).toContainEqual(
      expect.objectContaining({
        event: 'stripe_webhook_received',
        fields: expect.objectContaining({ type: 'payment_intent.succeeded', result: 'done' }),
      }),
    )
  })

  test('9 the check shows the paid balance', async () => {
    expect(await check()).toMatchObject({
      hasCredit: true,
      creditsRemaining: 20,
      freeUsesRemaining: 0,
      purchaseRequired: false,
    })
  })
})

test('a balance that an account brings along becomes uses, once', async () => {
  await using world = await openWorld({ webhooks: 'off' })
  const agent = world.service()

  await agent.post('/accounts', { ...named, initialBalanceMinor: 260 })
  await agent.post('/accounts', { ...named, initialBalanceMinor: 260 })

  const { body } = await agent.post<CheckResponse>('/credits/check', named)
  expect(body).toMatchObject({ creditsRemaining: 10, freeUsesRemaining: 3 })
})

test('a service that the host does not know may name nobody', async () => {
  await using world = await openWorld({ webhooks: 'off' })

  for (const path of ['/accounts', '/credits/check', '/credits/charges', '/purchases']) {
    const body = path === '/credits/charges' ? charge : named
    expect(await world.service('wrong').post(path, body)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  }
})
