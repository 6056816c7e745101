import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type Shop, subscribe } from './support/open-shop.ts'
import { card, good, look, send } from './support/visitor.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

describe("the bank's question", () => {
  const ask = async () => {
    const intent = await shop.stripe.paymentIntents.create({
      amount: 1500,
      currency: 'usd',
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: `${shop.site}/back?order=7`,
    })
    return { id: intent.id, secret: intent.client_secret ?? '', url: intent.next_action?.redirect_to_url?.url ?? '' }
  }

  it.each([
    ['complete', 'succeeded', 'succeeded'],
    ['fail', 'failed', 'requires_payment_method'],
  ])('answered by %s goes back with redirect_status=%s', async (outcome, redirectStatus, status) => {
    const { id, secret, url } = await ask()
    expect((await look(url)).text).toContain('$15.00')
    const back = new URL((await send(url, { outcome })).goesTo ?? '')
    expect(back.origin).toBe(shop.site)
    expect(Object.fromEntries(back.searchParams)).toEqual({
      order: '7',
      payment_intent: id,
      payment_intent_client_secret: secret,
      redirect_status: redirectStatus,
    })
    expect((await shop.stripe.paymentIntents.retrieve(id)).status).toBe(status)
  })

  it('is asked once', async () => {
    const { url } = await ask()
    await send(url, { outcome: 'complete' })
    expect((await look(url)).status).toBe(404)
  })
})

describe('the invoice page', () => {
  const openInvoice = async () => {
    const customer = await shop.stripe.customers.create({ email: 'carol@example.com' })
    const { latest_invoice } = await shop.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: shop.prices.growth }],
      payment_behavior: 'default_incomplete',
    })
    return { id: String(latest_invoice), url: `${shop.simulator.url}/_simulator/invoice/${latest_invoice}` }
  }

  it('shows lines, total and status', async () => {
    const { latest_invoice } = await subscribe(shop, shop.prices.starter)
    const { text, html } = await look(`${shop.simulator.url}/_simulator/invoice/${latest_invoice}`)
    expect(text).toContain('Starter')
    expect(text).toMatch(/Total \$29\.00/)
    expect(html).toContain('data-status="paid"')
    expect(text).not.toContain('Pay this invoice')
  })

  it('is paid while it is open, after a decline as well', async () => {
    const { id, url } = await openInvoice()
    expect((await look(url)).text).toContain('Pay $790.00')
    const declined = await send(url, card('4000 0000 0000 0002'))
    expect(declined.status).toBe(402)
    expect(declined.html).toMatch(/role="alert">Your card was declined\./)

    const paid = await send(url, good)
    expect(paid.goesTo).toBe(`/_simulator/invoice/${id}`)
    expect((await look(url)).html).toMatch(/role="status">Paid\. Thank you\./)
    expect((await shop.stripe.invoices.retrieve(id)).status).toBe('paid')
  })
})

describe('the desk', () => {
  const desk = () => look(`${shop.simulator.url}/_simulator`)
  const pull = (lever: string, fields: Record<string, string> = {}) =>
    send(`${shop.simulator.url}/_simulator/desk/${lever}`, fields)

  it('shows customers, payments, subscriptions and events', async () => {
    const { id } = await subscribe(shop, shop.prices.starter)
    const { text } = await desk()
    expect(text).toContain(id)
    expect(text).toContain('customer.subscription.created')
    expect(text).toContain('alice@example.com')
    expect(text).toContain('succeeded')
  })

  it.each([
    ['hours', 3600],
    ['days', 86_400],
  ])('moves the clock by one of %s', async (by, seconds) => {
    const before = shop.simulator.clock.now().getTime()
    await pull('clock', { by })
    const moved = (shop.simulator.clock.now().getTime() - before) / 1000
    expect(Math.abs(moved - seconds)).toBeLessThan(60)
    expect((await desk()).html).toContain('role="status"')
  })

  it('pauses webhooks, and resumes them', async () => {
    await pull('webhooks', { paused: 'true' })
    expect(shop.simulator.webhooks.isPaused()).toBe(true)
    expect((await desk()).text).toContain('Resume webhooks')
    await pull('webhooks', { paused: 'false' })
    expect(shop.simulator.webhooks.isPaused()).toBe(false)
  })

  it('has the next charge declined', async () => {
    await pull('decline')
    const attempt = shop.stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    })
    await expect(attempt).rejects.toMatchObject({ code: 'card_declined' })
  })

  it('shows how an event was answered, and delivers it again', async () => {
    const heard: string[] = []
    const app = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        heard.push((JSON.parse(Buffer.concat(chunks).toString()) as { id: string }).id)
        response.writeHead(heard.length === 1 ? 500 : 200).end()
      })
    })
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
    const { port } = app.address() as AddressInfo
    const endpoint = await shop.stripe.webhookEndpoints.create({
      url: `http://127.0.0.1:${port}/hook`,
      enabled_events: ['customer.created'],
    })
    await shop.stripe.customers.create({ email: 'dave@example.com' })
    await shop.simulator.settled()
    expect((await desk()).text).toContain(`delivered 2 attempts: 500, 200 → 127.0.0.1:${port}`)

    const [event = ''] = heard
    await pull('redeliver', { event })
    expect(heard).toEqual([event, event, event])
    await shop.stripe.webhookEndpoints.del(endpoint.id)
    app.close()
  })
})
