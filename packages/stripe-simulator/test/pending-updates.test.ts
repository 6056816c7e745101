import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { createCheckingFetch } from './support/checking-fetch.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator, stripeFor } from './support/open-simulator.ts'

const upgrade = async ({ simulator, stripe }: OpenSimulator, declines = 1) => {
  const { basic, pro } = await createCatalog(stripe)
  const { id: customer } = await createPayer(stripe)
  const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price: basic.id }] })
  const params: Stripe.SubscriptionUpdateParams = {
    items: [{ id: items.data[0]?.id ?? '', price: pro.id }],
    payment_behavior: 'pending_if_incomplete',
    proration_behavior: 'always_invoice',
  }
  simulator.declineNext({ times: declines })
  const updated = await stripe.subscriptions.update(id, params)
  return { id, basic, pro, params, customer, updated, invoice: String(updated.latest_invoice) }
}

const priceOf = ({ items }: Stripe.Subscription): string | undefined => items.data[0]?.price.id

const typesOf = async ({ stripe }: OpenSimulator): Promise<string[]> =>
  (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type)

describe('an upgrade that waits for its payment', () => {
  it('changes nothing while it is not paid', async () => {
    await using open = await openSimulator()
    const { updated, basic, pro, invoice } = await upgrade(open)
    expect(priceOf(updated)).toBe(basic.id)
    expect(updated).toMatchObject({
      status: 'active',
      pending_update: { subscription_items: [{ price: { id: pro.id } }] },
    })
    expect(await open.stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'open', attempted: true })
  })

  it('happens when it is paid', async () => {
    await using open = await openSimulator()
    const { id, invoice, pro } = await upgrade(open)
    await open.stripe.invoices.pay(invoice)
    const after = await open.stripe.subscriptions.retrieve(id)
    expect(after).toMatchObject({ pending_update: null, status: 'active' })
    expect(priceOf(after)).toBe(pro.id)
    expect(await typesOf(open)).toContain('customer.subscription.pending_update_applied')
  })

  it('happens at once when the card is good', async () => {
    await using open = await openSimulator()
    const { updated, pro, invoice } = await upgrade(open, 0)
    expect(updated.pending_update).toBeNull()
    expect(priceOf(updated)).toBe(pro.id)
    expect((await open.stripe.invoices.retrieve(invoice)).status).toBe('paid')
  })

  it('is off after 23 hours, with its invoice', async () => {
    await using open = await openSimulator()
    const { id, invoice, basic } = await upgrade(open)
    await open.simulator.clock.advance({ hours: 23 })
    const after = await open.stripe.subscriptions.retrieve(id)
    expect(after).toMatchObject({ pending_update: null, status: 'active' })
    expect(priceOf(after)).toBe(basic.id)
    expect((await open.stripe.invoices.retrieve(invoice)).status).toBe('void')
    expect(await typesOf(open)).toContain('customer.subscription.pending_update_expired')
    await open.simulator.clock.advance({ months: 1 })
    expect((await open.stripe.invoices.list()).data[0]).toMatchObject({ total: 1000, status: 'paid' })
  })

  it('gives way to another one', async () => {
    await using open = await openSimulator()
    const { id, invoice, params, pro } = await upgrade(open)
    expect(priceOf(await open.stripe.subscriptions.update(id, params))).toBe(pro.id)
    expect((await open.stripe.invoices.retrieve(invoice)).status).toBe('void')
    expect(await open.stripe.invoices.list({ status: 'paid' })).toMatchObject({
      data: [{ total: 1000 }, { total: 1000 }],
    })
  })

  it('waits for a challenge, too', async () => {
    await using open = await openSimulator()
    const { id, params, customer, pro } = await upgrade(open)
    const asking = await open.stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer })
    await open.stripe.subscriptions.update(id, { default_payment_method: asking.id })
    const expand = ['latest_invoice.payments']
    const waiting = await open.stripe.subscriptions.update(id, { ...params, expand })
    const [payment] = (waiting.latest_invoice as Stripe.Invoice).payments?.data ?? []
    const intent = String(payment?.payment.payment_intent)
    open.simulator.core.completeChallenge(intent, 'fail')
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('active')
    await open.stripe.paymentIntents.confirm(intent, {
      payment_method: 'pm_card_visa',
      return_url: 'https://example.com',
    })
    expect(priceOf(await open.stripe.subscriptions.retrieve(id))).toBe(pro.id)
  })

  it('takes nothing along that cannot wait', async () => {
    await using open = await openSimulator()
    const { id, params } = await upgrade(open)
    const mixed = open.stripe.subscriptions.update(id, { ...params, metadata: { a: '1' } })
    expect((await failure(mixed)).param).toBe('metadata')
  })

  it('looks as the document says', async () => {
    await using open = await openSimulator()
    const checking = createCheckingFetch()
    await upgrade({ ...open, stripe: stripeFor(open.simulator, { fetch: checking.fetch }) })
    expect(checking.problems).toEqual([])
  })
})
