import { expect, it } from 'vitest'
import { labels, newPayment, type OpenProvider, paymentInput, pays, subscribes } from './provider-world.ts'

export const describeCustomers = (open: OpenProvider): void => {
  it('makes one customer an attempt', async () => {
    await using world = await open()
    const input = { attemptId: 'ref1', email: 'ada@example.com', name: null, labels }
    const first = await world.provider.createCustomer(input)
    expect(await world.provider.createCustomer(input)).toEqual(first)
    expect(await world.provider.createCustomer({ ...input, attemptId: 'ref2' })).not.toEqual(first)
  })
}

export const describePayments = (open: OpenProvider): void => {
  it('starts a payment of what was asked for, waiting for a card', async () => {
    await using world = await open()
    const input = await paymentInput(world)
    expect(await world.provider.createPaymentIntent(input)).toEqual({
      providerPaymentId: expect.any(String),
      status: 'requires_payment_method',
      amountMinor: 500,
      amountReceivedMinor: 0,
      currency: 'usd',
      providerCustomerId: input.providerCustomerId,
      purchaseId: 'purchase1',
      clientSecret: expect.any(String),
      failure: null,
    })
  })

  it('makes one payment an attempt, also when two ask at once', async () => {
    await using world = await open()
    const input = await paymentInput(world)
    const ask = () => world.provider.createPaymentIntent(input)
    const [first, second] = await Promise.all([ask(), ask()])
    expect(second).toEqual(first)
    expect(await ask()).toEqual(first)
    expect(await world.provider.findPaymentIntent(first.providerPaymentId)).toEqual(first)
  })

  it('takes the money when the card works', async () => {
    await using world = await open()
    const payment = await pays(world, 'works')
    expect(payment).toMatchObject({ status: 'succeeded', amountReceivedMinor: 500, failure: null })
    expect(await world.provider.findPaymentIntent(payment.providerPaymentId)).toEqual(payment)
  })

  it('answers a declined card with the reason, and waits for another', async () => {
    await using world = await open()
    const payment = await pays(world, 'isDeclined')
    expect(payment).toMatchObject({ status: 'requires_payment_method', amountReceivedMinor: 0 })
    expect(payment.failure).toMatchObject({
      code: 'card_declined',
      message: expect.stringContaining('Try another card'),
    })
  })

  it('takes the money from the method on file, nobody present, once an attempt', async () => {
    await using world = await open()
    await subscribes(world)
    const input = await paymentInput(world)
    const payment = await world.provider.payOffSession(input)
    expect(payment).toMatchObject({ status: 'succeeded', amountReceivedMinor: 500, purchaseId: 'purchase1' })
    expect(await world.provider.payOffSession(input)).toEqual(payment)
  })

  it('takes nothing where no method is on file', async () => {
    await using world = await open()
    expect(await world.provider.payOffSession(await paymentInput(world))).toBeNull()
  })

  it('cancels a payment that waits, once and for all', async () => {
    await using world = await open()
    const { providerPaymentId } = await newPayment(world)
    expect(await world.provider.cancelPaymentIntent(providerPaymentId)).toMatchObject({ status: 'canceled' })
    expect(await world.provider.cancelPaymentIntent(providerPaymentId)).toMatchObject({ status: 'canceled' })
  })

  it('does not cancel a payment that was made', async () => {
    await using world = await open()
    const { providerPaymentId } = await pays(world, 'works')
    expect(await world.provider.cancelPaymentIntent(providerPaymentId)).toMatchObject({ status: 'succeeded' })
  })

  it('knows no payment that it did not make', async () => {
    await using world = await open()
    expect(await world.provider.findPaymentIntent('pi_unknown')).toBeNull()
  })
}

export const describeRefunds = (open: OpenProvider): void => {
  it('gives a part back, then the rest', async () => {
    await using world = await open()
    const { providerPaymentId } = await pays(world, 'works')
    const refund = (attemptId: string, amountMinor: number | null) =>
      world.provider.refundPayment({ attemptId, providerPaymentId, amountMinor })
    expect(await refund('part', 200)).toMatchObject({ amountMinor: 200 })
    expect(await refund('rest', null)).toMatchObject({ amountMinor: 300 })
  })

  it('refunds once an attempt', async () => {
    await using world = await open()
    const { providerPaymentId } = await pays(world, 'works')
    const input = { attemptId: 'once', providerPaymentId, amountMinor: 400 }
    const first = await world.provider.refundPayment(input)
    expect(await world.provider.refundPayment(input)).toEqual(first)
  })

  it('knows what went back of a payment', async () => {
    await using world = await open()
    const { providerPaymentId } = await pays(world, 'works')
    expect(await world.provider.findReversals(providerPaymentId)).toEqual({ refunds: [], disputes: [] })
    const refund = await world.provider.refundPayment({ attemptId: 'some', providerPaymentId, amountMinor: 200 })
    expect(await world.provider.findReversals(providerPaymentId)).toEqual({ refunds: [refund], disputes: [] })
  })

  it('does not give back more than was paid', async () => {
    await using world = await open()
    const { providerPaymentId } = await pays(world, 'works')
    const tooMuch = world.provider.refundPayment({ attemptId: 'much', providerPaymentId, amountMinor: 501 })
    await expect(tooMuch).rejects.toMatchObject({ code: 'provider_refused' })
  })
}
