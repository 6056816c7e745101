import { expect, it } from 'vitest'
import { labels, newCustomer, type OpenProvider, purchaseInput, subscribes } from './provider-world.ts'

export const describeCheckouts = (open: OpenProvider): void => {
  it('opens one hosted page an attempt', async () => {
    await using world = await open()
    const input = await purchaseInput(world)
    const session = await world.provider.createCheckoutSession(input)
    expect(session).toMatchObject({ status: 'open', paid: false, providerCustomerId: input.providerCustomerId })
    expect(URL.canParse(session.url ?? '')).toBe(true)
    expect(await world.provider.createCheckoutSession(input)).toEqual(session)
    expect(await world.provider.findCheckoutSession(session.providerSessionId)).toEqual(session)
  })

  it('leads from a completed page to the payment, which names the purchase', async () => {
    await using world = await open()
    const { providerSessionId } = await world.provider.createCheckoutSession(await purchaseInput(world))
    await world.completes(providerSessionId)
    const session = await world.provider.findCheckoutSession(providerSessionId)
    expect(session).toMatchObject({ status: 'complete', paid: true, url: null })
    const payment = await world.provider.findPaymentIntent(session?.providerPaymentId ?? '')
    expect(payment).toMatchObject({ status: 'succeeded', amountReceivedMinor: 1000, purchaseId: 'purchase1' })
  })

  it('closes an open page, and leaves a completed one as it is', async () => {
    await using world = await open()
    const input = await purchaseInput(world)
    const left = await world.provider.createCheckoutSession(input)
    expect(await world.provider.expireCheckoutSession(left.providerSessionId)).toMatchObject({
      status: 'expired',
      url: null,
    })
    const taken = await world.provider.createCheckoutSession({ ...input, attemptId: 'attempt3' })
    await world.completes(taken.providerSessionId)
    expect(await world.provider.expireCheckoutSession(taken.providerSessionId)).toMatchObject({ status: 'complete' })
  })

  it('refuses a promotion code that it does not know', async () => {
    await using world = await open()
    const input = { ...(await purchaseInput(world)), promotionCode: 'UNKNOWN' }
    const refused = world.provider.createCheckoutSession(input)
    await expect(refused).rejects.toMatchObject({ code: 'promotion_code_invalid' })
  })

  it('knows no page that it did not open', async () => {
    await using world = await open()
    expect(await world.provider.findCheckoutSession('cs_unknown')).toBeNull()
  })
}

export const describeSubscriptions = (open: OpenProvider): void => {
  it('leads from a completed page to the subscription, priced as the catalog says', async () => {
    await using world = await open()
    const id = await subscribes(world)
    const subscription = await world.provider.findSubscription(id)
    expect(subscription).toMatchObject({
      providerSubscriptionId: id,
      providerCustomerId: await newCustomer(world),
      status: 'active',
      currency: 'usd',
      items: [{ priceKey: 'growth_yearly', quantity: 1, amountMinor: 79000, interval: 'year' }],
      cancelAt: null,
      openInvoice: null,
    })
    expect(Number(subscription?.currentPeriodEndsAt)).toBeGreaterThan(Number(subscription?.currentPeriodStartedAt))
  })

  it("lists a customer's subscriptions, and nobody else's", async () => {
    await using world = await open()
    const id = await subscribes(world)
    const subscription = await world.provider.findSubscription(id)
    expect(await world.provider.listSubscriptions(await newCustomer(world))).toEqual([subscription])
    const other = await world.provider.createCustomer({ attemptId: 'ref2', email: null, name: null, labels })
    expect(await world.provider.listSubscriptions(other.providerCustomerId)).toEqual([])
  })

  it("lists everybody's subscriptions, page by page", async () => {
    await using world = await open()
    const providerSubscriptionId = await subscribes(world)
    const listed = { providerSubscriptionId, providerCustomerId: await newCustomer(world) }
    const first = await world.provider.listAllSubscriptions({ after: null, limit: 1 })
    expect(first).toMatchObject({ subscriptions: [listed], next: null })
    const none = { subscriptions: [], next: null }
    expect(await world.provider.listAllSubscriptions({ after: providerSubscriptionId, limit: 1 })).toEqual(none)
  })

  it('leads to the invoice that was paid for the first period, with the price of its line', async () => {
    await using world = await open()
    const id = await subscribes(world)
    const subscription = await world.provider.findSubscription(id)
    const [invoice, ...more] = await world.provider.listPaidInvoices(id)
    expect(more).toEqual([])
    expect(invoice).toMatchObject({
      providerCustomerId: subscription?.providerCustomerId,
      status: 'paid',
      reason: 'subscription_create',
      lines: [
        {
          priceKey: 'growth_yearly',
          providerPriceId: subscription?.items[0]?.providerPriceId,
          quantity: 1,
          amountMinor: 79000,
          isProration: false,
          startsAt: subscription?.currentPeriodStartedAt,
          endsAt: subscription?.currentPeriodEndsAt,
        },
      ],
    })
    expect(await world.provider.findInvoice(invoice?.providerInvoiceId ?? '')).toEqual(invoice)
    expect(await world.provider.findInvoice('in_unknown')).toBeNull()
  })

  it('knows no subscription that nobody bought', async () => {
    await using world = await open()
    expect(await world.provider.findSubscription('sub_unknown')).toBeNull()
  })

  it('opens a portal for the customer', async () => {
    await using world = await open()
    const providerSubscriptionId = await subscribes(world)
    const providerCustomerId = await newCustomer(world)
    for (const flow of [null, 'payment_method_update', 'subscription_cancel', 'subscription_update'] as const) {
      const input = { providerCustomerId, returnUrl: 'https://app.example.com/', flow, providerSubscriptionId }
      const { url } = await world.provider.openPortal(input)
      expect(URL.canParse(url)).toBe(true)
    }
  })
}
