import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type Shop, subscribe } from './support/open-shop.ts'
import { card, good, look, send } from './support/visitor.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

type Flow = NonNullable<Stripe.BillingPortal.SessionCreateParams['flow_data']>

const enter = async (price = shop.prices.starter, flow?: (subscription: string) => Flow) => {
  const { id, customer } = await subscribe(shop, price)
  const session = await shop.stripe.billingPortal.sessions.create({
    customer: String(customer),
    return_url: `${shop.site}/account`,
    ...(flow ? { flow_data: flow(id) } : {}),
  })
  const url = session.url
  return {
    url,
    customer: String(customer),
    at: `${url}/subscriptions/${id}`,
    now: () => shop.stripe.subscriptions.retrieve(id),
  }
}

describe('the customer portal', () => {
  it('shows what somebody has, when it is paid next, with what, and what was paid', async () => {
    const { url } = await enter()
    const { text, html } = await look(url)
    expect(text).toContain('alice@example.com')
    expect(text).toContain('Starter active $29.00 per month')
    expect(text).toMatch(/Next billing date: \w+ \d+, \d{4}/)
    expect(text).toContain('visa ending in 4242')
    expect(html).toMatch(/\/_simulator\/invoice\/in_/)
    expect(html).toContain(`href="${shop.site}/account"`)
  })

  it('cancels at the end of the period, says until when, and takes it back', async () => {
    const { url, at, now } = await enter()
    expect((await look(`${at}/cancel`)).text).toMatch(/You keep it until \w+ \d+, \d{4}/)
    expect((await send(`${at}/cancel`, { reason: 'too_expensive' })).goesTo).toBe(new URL(url).pathname)
    expect(await now()).toMatchObject({
      status: 'active',
      cancel_at_period_end: true,
      cancellation_details: { feedback: 'too_expensive' },
    })

    const canceled = await look(url)
    expect(canceled.html).toMatch(/role="status">Your subscription ends on/)
    expect(canceled.text).toMatch(/Cancels on \w+ \d+/)
    expect(canceled.text).toContain("Don't cancel Starter")

    await send(`${at}/resume`, {})
    expect((await now()).cancel_at_period_end).toBe(false)
    expect((await look(url)).text).toContain('Your subscription goes on.')
  })

  it('previews a switch to the cent, and charges just that', async () => {
    const { at, now, customer } = await enter()
    expect((await look(`${at}/switch`)).text).toContain('Growth $790.00 per year')
    const preview = await look(`${at}/switch?price=${shop.prices.growth}`)
    const due = /Due today (\$[\d,.]+)/.exec(preview.text)?.[1]
    const prorationDate = /name="prorationDate" value="(\d+)"/.exec(preview.html)?.[1] ?? ''
    expect(due).toBe('$761.00')

    await send(`${at}/switch`, { price: shop.prices.growth, prorationDate })
    expect((await now()).items.data[0]?.price.id).toBe(shop.prices.growth)
    const { data } = await shop.stripe.invoices.list({ customer, limit: 1 })
    expect(data[0]).toMatchObject({ billing_reason: 'subscription_update', amount_paid: 76_100 })
  })

  it('takes a new card, and says why it does not take another', async () => {
    const { url, customer } = await enter()
    const declined = await send(`${url}/payment-method`, card('4000 0000 0000 0002'))
    expect(declined.status).toBe(402)
    expect(declined.html).toContain('role="alert"')
    expect((await send(`${url}/payment-method`, { number: '1' })).status).toBe(422)

    await send(`${url}/payment-method`, card('5555 5555 5555 4444'))
    expect((await look(url)).text).toMatch(/mastercard ending in 4444 Expires 12 \/ 2034 Default/)
    const { invoice_settings } = (await shop.stripe.customers.retrieve(customer)) as Stripe.Customer
    expect(invoice_settings.default_payment_method).toBeTruthy()
  })

  it('asks the bank for a new card that wants it, and comes back', async () => {
    const { url } = await enter()
    const asked = await send(`${url}/payment-method`, card('4000 0025 0000 3155'))
    expect(asked.goesTo).toContain('/_simulator/challenge/')
    const answered = await send(asked.goesTo ?? '', { outcome: 'complete' })
    expect(answered.goesTo).toContain(new URL(url).pathname)
    expect((await look(url)).text).toContain('ending in 3155')
  })

  it.each<[string, string, (subscription: string) => Flow]>([
    ['/payment-method', 'a new card', () => ({ type: 'payment_method_update' })],
    ['/cancel', 'the end', (subscription) => ({ type: 'subscription_cancel', subscription_cancel: { subscription } })],
    [
      '/switch',
      'another plan',
      (subscription) => ({ type: 'subscription_update', subscription_update: { subscription } }),
    ],
  ])('opens at %s for somebody who came for %s', async (path, _, flow) => {
    const { url } = await enter(shop.prices.starter, flow)
    const { goesTo } = await look(url)
    expect(goesTo).toContain(path)
    expect((await look(new URL(goesTo ?? '', url).href)).status).toBe(200)
  })

  it('goes where the flow says when what they came for is done', async () => {
    const { url } = await enter(shop.prices.starter, () => ({
      type: 'payment_method_update',
      after_completion: { type: 'redirect', redirect: { return_url: `${shop.site}/done` } },
    }))
    expect((await send(`${url}/payment-method`, good)).goesTo).toBe(`${shop.site}/done`)
  })

  it("knows nothing of somebody else's subscription", async () => {
    const [{ url }, other] = [await enter(), await enter()]
    const stranger = other.at.split('/').at(-1)
    expect((await look(`${url}/subscriptions/${stranger}/cancel`)).status).toBe(404)
    expect((await send(`${url}/subscriptions/${stranger}/cancel`, {})).status).toBe(404)
    expect((await other.now()).cancel_at_period_end).toBe(false)
  })
})
