import { describe, expect, test } from 'vitest'
import { payInPage } from './stripe-page.ts'
import { openWorld } from './world.ts'

describe("the production guide's test matrix", () => {
  test('4242 succeeds: the payment completes, the webhook fires, the database knows', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const purchase = await alice.startsPurchase()

    await payInPage(world.stripe, purchase, 'works')
    await world.stripe.settled()

    expect(await alice.purchase(purchase.paymentId)).toMatchObject({ status: 'succeeded', usesPurchased: 20 })
    expect(await alice.credits()).toMatchObject({ paid: 20, available: 23 })
  })

  test.each([
    ['declines', 'generic_decline'],
    ['isEmpty', 'insufficient_funds'],
  ] as const)('a card that %s shows why, and changes nothing', async (card, declineCode) => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const purchase = await alice.startsPurchase()

    const attempt = await payInPage(world.stripe, purchase, card)
    await world.stripe.settled()

    expect(attempt).toMatchObject({ status: 'requires_payment_method', error: { code: 'card_declined' } })
    const { status, failure } = await alice.purchase(purchase.paymentId)
    expect(status).toBe('requires_payment_method')
    expect(failure).toMatchObject({ declineCode })
    expect(failure?.message).toMatch(/card/)
    expect(await alice.credits()).toMatchObject({ paid: 0, available: 3 })
  })

  test('another card pays what a declined one could not, in the same payment', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const purchase = await alice.startsPurchase()
    await payInPage(world.stripe, purchase, 'declines')

    expect((await alice.startsPurchase()).paymentId).toBe(purchase.paymentId)
    await payInPage(world.stripe, purchase, 'works')
    await world.stripe.settled()

    expect(await alice.purchase(purchase.paymentId)).toMatchObject({ status: 'succeeded', failure: null })
    expect(await alice.credits()).toMatchObject({ paid: 20 })
  })

  test.each([
    ['complete', 'succeeded', 20],
    ['fail', 'requires_payment_method', 0],
  ] as const)('3-D Secure, when the buyer lets it %s', async (outcome, status, paid) => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const purchase = await alice.startsPurchase()

    expect(await payInPage(world.stripe, purchase, 'asksForProof')).toMatchObject({ status: 'requires_action' })
    world.stripe.core.completeChallenge(purchase.paymentId, outcome)
    await world.stripe.settled()

    expect(await alice.purchase(purchase.paymentId)).toMatchObject({ status })
    expect(await alice.credits()).toMatchObject({ paid })
  })

  test('with webhooks off, asking for the purchase settles it', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')
    const purchase = await alice.startsPurchase()
    await payInPage(world.stripe, purchase, 'works')

    expect(await alice.purchase(purchase.paymentId)).toMatchObject({ status: 'succeeded' })
    expect(await alice.credits()).toMatchObject({ paid: 20 })
  })

  test('what happens is logged, with who, what and how it ended, and without secrets', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const purchase = await alice.startsPurchase()
    await payInPage(world.stripe, purchase, 'works')
    await world.stripe.settled()
    await alice.ask()

    const fieldsOf = (event: string) => world.logs.find((line) => line.event === event)?.fields
    const money = { account: expect.any(String), amountMinor: 500, currency: 'usd', paymentId: purchase.paymentId }
    expect(fieldsOf('purchase_started')).toMatchObject({
      ...money,
      status: 'requires_payment_method',
      result: 'opened',
    })
    expect(fieldsOf('purchase_succeeded')).toMatchObject({
      ...money,
      status: 'succeeded',
      credits: 20,
      result: 'posted',
    })
    expect(fieldsOf('charge_posted')).toMatchObject({ account: expect.any(String), credits: 1, result: 'posted' })
    const received = world.logs.find((line) => line.fields.type === 'payment_intent.succeeded')
    expect(received).toMatchObject({
      event: 'stripe_webhook_received',
      fields: { eventId: expect.stringMatching(/^evt_/), objectId: purchase.paymentId, result: 'done' },
    })
    const request = world.logs.find((line) => line.fields.path === '/v1/payment_intents')
    expect(request).toMatchObject({
      event: 'stripe_request',
      fields: { providerRequestId: expect.stringMatching(/^req_/), method: 'POST', status: 200 },
    })
    const written = JSON.stringify(world.logs)
    for (const secret of [
      purchase.clientSecret,
      ...Object.values(world.stripe.keys).filter((key) => !key.startsWith('pk_')),
    ]) {
      expect(written).not.toContain(secret)
    }
  })
})
