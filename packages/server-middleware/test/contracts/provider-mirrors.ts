import { expect, it } from 'vitest'
import { labels, newCustomer, newPayment, type OpenProvider, pays, subscribes } from './provider-world.ts'

export const describeMirrored = (open: OpenProvider): void => {
  it('knows a customer as it was made', async () => {
    await using world = await open()
    const providerCustomerId = await newCustomer(world)
    expect(await world.provider.findCustomer(providerCustomerId)).toEqual({
      providerCustomerId,
      isDeleted: false,
      email: 'ada@example.com',
      name: 'Ada',
      defaultPaymentMethodId: null,
      balanceMinor: 0,
      currency: null,
    })
    expect(await world.provider.findCustomer('cus_unknown')).toBeNull()
  })

  it('knows the method that a subscription is paid with, and nobody else’s', async () => {
    await using world = await open()
    const { provider } = world
    await subscribes(world)
    const providerCustomerId = await newCustomer(world)
    const [method, ...more] = await provider.listPaymentMethods(providerCustomerId)
    expect(more).toEqual([])
    expect(method).toEqual({
      providerPaymentMethodId: expect.any(String),
      providerCustomerId,
      type: 'card',
      brand: 'visa',
      last4: expect.stringMatching(/^\d{4}$/),
      expires: { month: 12, year: 2034 },
      createdAt: expect.any(Date),
    })
    expect(await provider.findPaymentMethod(method?.providerPaymentMethodId ?? '')).toEqual(method)
    expect(await provider.findPaymentMethod('pm_unknown')).toBeNull()
    const other = await provider.createCustomer({ attemptId: 'ref2', email: null, name: null, labels })
    expect(await provider.listPaymentMethods(other.providerCustomerId)).toEqual([])
    expect(await provider.listPaymentMethods('cus_unknown')).toEqual([])
  })

  it('knows the invoices of a customer, with what was paid', async () => {
    await using world = await open()
    const providerSubscriptionId = await subscribes(world)
    const providerCustomerId = await newCustomer(world)
    const invoices = await world.provider.listInvoices(providerCustomerId)
    expect(invoices).toMatchObject([
      { providerCustomerId, providerSubscriptionId, status: 'paid', currency: 'usd', totalMinor: 79000 },
    ])
    expect(invoices).toMatchObject([{ amountPaidMinor: 79000, amountRemainingMinor: 0, number: expect.any(String) }])
    expect(await world.provider.findInvoice(invoices[0]?.providerInvoiceId ?? '')).toEqual(invoices[0])
    expect(await world.provider.listInvoices('cus_unknown').catch(() => [])).toEqual([])
  })

  it('knows each attempt at a payment, and how it ended', async () => {
    await using world = await open()
    const { provider } = world
    const { providerPaymentId } = await newPayment(world)
    expect(await provider.listAttempts(providerPaymentId)).toEqual([])
    await pays(world, 'isDeclined')
    expect(await provider.listAttempts(providerPaymentId)).toMatchObject([
      { providerPaymentId, outcome: 'failed', amountMinor: 500, currency: 'usd', declineCode: expect.any(String) },
    ])
    await pays(world, 'works')
    const attempts = await provider.listAttempts(providerPaymentId)
    expect(attempts.at(-1)).toMatchObject({ outcome: 'succeeded', declineCode: null, providerInvoiceId: null })
    expect(attempts.at(-1)?.providerCustomerId).toBe(await newCustomer(world))
  })

  it('knows no dispute that nobody raised', async () => {
    await using world = await open()
    expect(await world.provider.findDispute('dp_unknown')).toBeNull()
  })
}
