import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer, visa } from './support/catalog.ts'
import { account, createDebtor, eventsFrom, iban, openDebits } from './support/debits.ts'
import { failure } from './support/failure.ts'
import type { OpenSimulator } from './support/open-simulator.ts'

const return_url = 'https://example.com/back'

describe('Checkout with a bank debit', () => {
  const begin = async ({ stripe }: OpenSimulator, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) => {
    const { pack, pro } = await createCatalog(stripe)
    const mode = more.mode ?? 'payment'
    const line_items = [{ price: mode === 'payment' ? pack.id : pro.id, quantity: 1 }]
    return stripe.checkout.sessions.create({ mode, success_url: return_url, line_items, ...more })
  }

  it('is complete and unpaid, and paid when the money arrives', async () => {
    await using open = await openDebits()
    const session = await begin(open)
    expect(session.payment_method_types).toEqual(['card', 'us_bank_account'])
    expect(open.simulator.core.payCheckoutSession(session.id, account('000123456789')).status).toBe('complete')
    const complete = await open.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
    expect(complete).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
    expect(complete.payment_intent).toMatchObject({ status: 'processing' })
    await open.simulator.clock.advance({ minutes: 2 })
    expect((await open.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid')
    expect(eventsFrom(open, 'payment_intent.created')).toEqual([
      'payment_intent.created',
      'charge.pending',
      'payment_intent.processing',
      'checkout.session.completed',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.async_payment_succeeded',
      'charge.updated',
    ])
  })

  it('is told when the debit comes back, and stays unpaid', async () => {
    await using open = await openDebits()
    const { id } = await begin(open)
    open.simulator.core.payCheckoutSession(id, account('000222222227'))
    await open.simulator.clock.advance({ minutes: 2 })
    expect(await open.stripe.checkout.sessions.retrieve(id)).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
    })
    expect(eventsFrom(open, 'charge.failed')).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
      'checkout.session.async_payment_failed',
    ])
  })

  it('has an invoice that is open until the money arrives', async () => {
    await using open = await openDebits()
    const { id } = await begin(open, { invoice_creation: { enabled: true } })
    open.simulator.core.payCheckoutSession(id, account('000123456789'))
    const { invoice } = await open.stripe.checkout.sessions.retrieve(id)
    expect((await open.stripe.invoices.retrieve(String(invoice))).status).toBe('open')
    await open.simulator.clock.advance({ minutes: 2 })
    expect(await open.stripe.invoices.retrieve(String(invoice))).toMatchObject({ status: 'paid', amount_paid: 500 })
  })

  it.each([
    ['active', 'active'],
    ['incomplete', 'incomplete'],
  ] as const)('starts a subscription that is %s while the first debit is on its way', async (setting, status) => {
    await using open = await openDebits({ subscriptionWhileProcessing: setting })
    const { id } = await begin(open, { mode: 'subscription' })
    open.simulator.core.payCheckoutSession(id, account('000123456789'))
    const expand = ['subscription', 'invoice']
    const complete = await open.stripe.checkout.sessions.retrieve(id, { expand })
    expect(complete).toMatchObject({ payment_status: 'unpaid', subscription: { status }, invoice: { status: 'open' } })
    await open.simulator.clock.advance({ minutes: 2 })
    expect(await open.stripe.checkout.sessions.retrieve(id, { expand })).toMatchObject({
      payment_status: 'paid',
      subscription: { status: 'active' },
      invoice: { status: 'paid' },
    })
  })

  it('leaves the subscription past due when the first debit comes back', async () => {
    await using open = await openDebits()
    const { id } = await begin(open, { mode: 'subscription' })
    open.simulator.core.payCheckoutSession(id, account('000222222227'))
    await open.simulator.clock.advance({ minutes: 2 })
    expect(await open.stripe.checkout.sessions.retrieve(id, { expand: ['subscription', 'invoice'] })).toMatchObject({
      payment_status: 'unpaid',
      subscription: { status: 'past_due' },
      invoice: { status: 'open', attempted: true, attempt_count: 1 },
    })
    expect(eventsFrom(open, 'charge.failed')).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
      'invoice.payment_failed',
      'customer.subscription.updated',
      'checkout.session.async_payment_failed',
    ])
  })

  it('is refused a method that it does not offer, and nothing has happened', async () => {
    await using open = await openDebits()
    const { id } = await begin(open)
    expect(() => open.simulator.core.payCheckoutSession(id, iban('DE89370400440532013000'))).toThrow('does not offer')
    expect(open.simulator.objects('payment_method')).toEqual([])
    expect(open.simulator.core.payCheckoutSession(id, { email: 'ada@example.com', card: visa }).status).toBe('complete')
  })
})

describe('a subscription that is debited', () => {
  const subscribed = async (
    open: OpenSimulator,
    method: string,
    more: Partial<Stripe.SubscriptionCreateParams> = {},
  ) => {
    const { pro } = await createCatalog(open.stripe)
    const { id: customer } = await createDebtor(open, method)
    return open.stripe.subscriptions.create({
      customer,
      items: [{ price: pro.id }],
      expand: ['latest_invoice'],
      ...more,
    })
  }

  it.each(['active', 'incomplete'] as const)('is %s, as the setting says, until it is paid', async (setting) => {
    await using open = await openDebits({ subscriptionWhileProcessing: setting, debitSeconds: 4 * 86_400 })
    const subscription = await subscribed(open, 'pm_usBankAccount_success')
    expect(subscription).toMatchObject({ status: setting, latest_invoice: { status: 'open', attempt_count: 1 } })
    await open.simulator.clock.advance({ days: 2 })
    expect((await open.stripe.subscriptions.retrieve(subscription.id)).status).toBe(setting)
    await open.simulator.clock.advance({ days: 3 })
    expect(await open.stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] })).toMatchObject({
      status: 'active',
      latest_invoice: { status: 'paid', attempt_count: 1 },
    })
  })

  it('that waits and is not paid expires, for want of its first payment', async () => {
    await using open = await openDebits({ subscriptionWhileProcessing: 'incomplete', debitSeconds: 4 * 86_400 })
    const { id } = await subscribed(open, 'pm_usBankAccount_insufficientFunds')
    await open.simulator.clock.advance({ days: 5 })
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('incomplete_expired')
  })

  it('renews while the debit is on its way, and is tried again when it comes back', async () => {
    await using open = await openDebits({ debitSeconds: 4 * 86_400 })
    const { id, customer } = await subscribed(open, 'pm_usBankAccount_success')
    await open.simulator.clock.advance({ days: 5 })
    const poor = await createDebtor(open, 'pm_usBankAccount_insufficientFunds')
    expect(poor.id).not.toBe(customer)
    await open.simulator.clock.advance({ days: 27 })
    const [renewal] = (await open.stripe.invoices.list({ subscription: id })).data
    expect(renewal).toMatchObject({ status: 'open', attempt_count: 1, next_payment_attempt: null })
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('active')
    const [waiting] = (await open.stripe.paymentIntents.list()).data.filter(({ status }) => status === 'processing')
    open.simulator.settlePayment(waiting?.id ?? '', 'fail', 'insufficient_funds')
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('past_due')
    const failed = await open.stripe.invoices.retrieve(renewal?.id ?? '')
    expect(failed.next_payment_attempt).toBeGreaterThan(open.simulator.clock.now().getTime() / 1000)
    await open.simulator.clock.advance({ days: 8 })
    expect((await open.stripe.invoices.retrieve(renewal?.id ?? '')).status).toBe('paid')
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('active')
  })

  it('is not tried again where that is hopeless, and ends', async () => {
    await using open = await openDebits()
    const { id } = await subscribed(open, 'pm_usBankAccount_accountClosed')
    await open.simulator.clock.advance({ days: 8 })
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('canceled')
    expect(open.simulator.objects('charge')).toHaveLength(1)
  })

  it('lets nobody pay, or void, an invoice twice while a debit is on its way', async () => {
    await using open = await openDebits()
    const { latest_invoice } = await subscribed(open, 'pm_usBankAccount_success')
    const { id = '' } = latest_invoice as Stripe.Invoice
    expect((await failure(open.stripe.invoices.pay(id))).message).toContain('still processing')
    expect((await failure(open.stripe.invoices.voidInvoice(id))).message).toContain('still processing')
  })

  it('fails where the method does not move the currency', async () => {
    await using open = await openDebits()
    const { status, latest_invoice } = await subscribed(open, 'pm_success_de')
    expect([status, (latest_invoice as Stripe.Invoice).status]).toEqual(['incomplete', 'open'])
    expect(open.simulator.objects('charge')).toEqual([])
  })

  it('that fails strictly does not fail while the debit is on its way', async () => {
    await using open = await openDebits()
    const { status } = await subscribed(open, 'pm_usBankAccount_success', { payment_behavior: 'error_if_incomplete' })
    expect(status).toBe('active')
  })

  it('changes at once, and what waits for its payment waits for the bank', async () => {
    await using open = await openDebits()
    const { yearly } = await createCatalog(open.stripe)
    const { id, items } = await subscribed(open, 'pm_usBankAccount_success')
    await open.simulator.clock.advance({ days: 10 })
    const changed = await open.stripe.subscriptions.update(id, {
      items: [{ id: items.data[0]?.id ?? '', price: yearly.id }],
      payment_behavior: 'pending_if_incomplete',
    })
    expect(changed.pending_update).not.toBeNull()
    await open.simulator.clock.advance({ minutes: 2 })
    const applied = await open.stripe.subscriptions.retrieve(id)
    expect([applied.pending_update, applied.items.data[0]?.price.id]).toEqual([null, yearly.id])
  })
})

it('a hosted invoice and the portal take a bank account', async () => {
  await using open = await openDebits()
  const { pro } = await createCatalog(open.stripe)
  const customer = await createPayer(open.stripe)
  const { id, latest_invoice } = await open.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: pro.id }],
    payment_behavior: 'default_incomplete',
  })
  const paid = open.simulator.core.payInvoice(String(latest_invoice), account('000123456789'))
  expect(paid.status).toBe('processing')
  expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('active')
  await open.stripe.billingPortal.configurations.create({ features: { payment_method_update: { enabled: true } } })
  const portal = await open.stripe.billingPortal.sessions.create({ customer: customer.id })
  const updated = open.simulator.core.portalUpdatePaymentMethod(portal.id, account('000123456789'))
  expect(updated.status).toBe('updated')
})
