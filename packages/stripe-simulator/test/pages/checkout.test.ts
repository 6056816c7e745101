import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCheckout, openShop, type Shop } from './support/open-shop.ts'
import { card, good, look, send } from './support/visitor.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

const email = 'alice@example.com'

const begin = async (...given: Parameters<typeof openCheckout> extends [Shop, ...infer Rest] ? Rest : never) => {
  const session = await openCheckout(shop, ...given)
  return { id: session.id, url: session.url ?? '', now: () => shop.stripe.checkout.sessions.retrieve(session.id) }
}

describe('the Checkout page', () => {
  it('says what is bought, what it costs and how often', async () => {
    const { url } = await begin(shop.prices.growth)
    const { text, status } = await look(url)
    expect(status).toBe(200)
    expect(text).toContain('Subscribe to Growth')
    expect(text).toContain('$790.00 per year')
    expect(text).toContain('Total due today $790.00')
    expect(text).toContain('Simulated: no money moves')
  })

  it('leads back to where the customer came from', async () => {
    const { url } = await begin(shop.prices.growth)
    expect((await look(url)).html).toContain(`href="${shop.site}/pricing"`)
  })

  it('carries nothing inline, so that a strict policy holds', async () => {
    const { url } = await begin(shop.prices.growth)
    const { html, headers } = await look(url)
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(html).not.toMatch(/<style|style=|<script>|onclick/)
  })

  it('says that a trial is free, and what comes after it', async () => {
    const { url } = await begin(shop.prices.starter, { subscription_data: { trial_period_days: 14 } })
    const { text } = await look(url)
    expect(text).toContain('14 days free Then $29.00 per month')
    expect(text).toContain('Start trial')
  })

  it('puts the amount on the button of a payment', async () => {
    const { url } = await begin(shop.prices.pack, { mode: 'payment' })
    expect((await look(url)).text).toContain('Pay $5.00')
  })

  it('shows an address that is known, and does not ask for it', async () => {
    const { url } = await begin(shop.prices.starter, { customer_email: 'bob@example.com' })
    const { html, text } = await look(url)
    expect(text).toContain('bob@example.com')
    expect(html).not.toContain('name="email"')
  })

  it('escapes what a business calls its products', async () => {
    const product = await shop.stripe.products.create({ name: '<b onload="x">Bold</b> & "co"' })
    const price = await shop.stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 700 })
    const { url } = await begin(price.id, { mode: 'payment' })
    const { html } = await look(url)
    expect(html).toContain('&lt;b onload=&quot;x&quot;&gt;Bold&lt;/b&gt; &amp; &quot;co&quot;')
    expect(html).not.toContain('<b onload')
  })

  it('fills itself with a test card where there is no script', async () => {
    const { url } = await begin(shop.prices.growth)
    expect((await look(`${url}?card=4000000000000002`)).html).toContain('value="4000 0000 0000 0002"')
    expect((await look(`${url}?card=4111111111111111`)).html).not.toContain('4111')
  })
})

describe('paying in Checkout', () => {
  it('subscribes, and goes on to the success URL', async () => {
    const { id, url, now } = await begin(shop.prices.growth)
    const { status, goesTo } = await send(url, { email, ...good })
    expect([status, goesTo]).toEqual([303, `${shop.site}/thanks?session=${id}`])
    expect(await now()).toMatchObject({ status: 'complete', payment_status: 'paid' })
  })

  it('is done once: the page then says so', async () => {
    const { url } = await begin(shop.prices.pack, { mode: 'payment' })
    await send(url, { email, ...good })
    expect((await look(url)).text).toContain('This checkout is complete')
    expect((await send(url, { email, ...good })).text).toContain('This checkout is complete')
  })

  it('is told why a card was declined, keeps the form, and can be tried again', async () => {
    const { url, now } = await begin(shop.prices.pack, { mode: 'payment' })
    const declined = await send(url, { email, ...card('4000 0000 0000 9995') })
    expect(declined.status).toBe(402)
    expect(declined.html).toMatch(/role="alert">Your card has insufficient funds\./)
    expect(declined.text).toContain(email)
    expect(declined.html).toContain('value="4000 0000 0000 9995"')
    expect((await now()).status).toBe('open')
    expect((await send(url, { email, ...good })).status).toBe(303)
  })

  it('names each field that is wrong, tied to its message', async () => {
    const { url } = await begin(shop.prices.growth)
    const { status, html, text } = await send(url, { email: 'nobody', number: '4242', expiry: '1', cvc: '' })
    expect(status).toBe(422)
    expect(html).toContain('aria-invalid="true" aria-describedby="number-problem"')
    expect(text).toContain('Enter an email address')
    expect(text).toContain("Your card's expiration date is incomplete.")
  })

  it('asks the bank where the card wants it, and comes back', async () => {
    const { id, url, now } = await begin(shop.prices.growth)
    const asked = await send(url, { email, ...card('4000 0027 6000 3184') })
    expect(asked.goesTo).toContain('/_simulator/challenge/')
    expect((await look(asked.goesTo ?? '')).text).toContain('Confirm this payment with your bank $790.00')
    const answered = await send(asked.goesTo ?? '', { outcome: 'complete' })
    expect(answered.goesTo).toBe(`${shop.site}/thanks?session=${id}`)
    expect((await now()).status).toBe('complete')
  })

  it('is back at the form, with the reason, when the bank was not convinced', async () => {
    const { url } = await begin(shop.prices.growth)
    const asked = await send(url, { email, ...card('4000 0027 6000 3184') })
    const failed = await send(asked.goesTo ?? '', { outcome: 'fail' })
    expect(failed.goesTo).toBe(url)
    expect((await look(url)).html).toMatch(/role="alert">[^<]*authenticate/)
    expect((await look(url)).html).not.toContain('role="alert"')
    expect((await send(url, { email, ...good })).status).toBe(303)
  })

  it('refuses the form of another site', async () => {
    const { url, now } = await begin(shop.prices.growth)
    expect((await send(url, { email, ...good }, 'https://elsewhere.test')).status).toBe(403)
    expect((await now()).status).toBe('open')
  })

  it('is over when the session has expired', async () => {
    const { id, url } = await begin(shop.prices.growth)
    await shop.stripe.checkout.sessions.expire(id)
    expect((await look(url)).text).toContain('This checkout has expired')
    expect((await send(url, { email, ...good })).text).toContain('This checkout has expired')
  })

  it('of a session that never was finds nothing', async () => {
    expect((await look(`${shop.simulator.url}/_simulator/checkout/cs_test_none`)).status).toBe(404)
  })
})

describe('a promotion code', () => {
  it('takes its part off, keeps what was typed, and can be taken away again', async () => {
    const { url } = await begin(shop.prices.growth, { allow_promotion_codes: true })
    const applied = await send(`${url}/promotion`, { promotionCode: 'autumn20', email, number: '4242' })
    expect(applied.text).toContain('Discount (AUTUMN20) -$158.00')
    expect(applied.text).toContain('Total due today $632.00')
    expect(applied.html).toContain(`value="${email}"`)
    expect((await send(`${url}/promotion/remove`, { email })).text).toContain('Total due today $790.00')
  })

  it('that nobody knows is refused beside its field', async () => {
    const { url } = await begin(shop.prices.growth, { allow_promotion_codes: true })
    const { status, html } = await send(`${url}/promotion`, { promotionCode: 'SPRING' })
    expect(status).toBe(422)
    expect(html).toContain('id="promotionCode-problem"')
  })

  it('that is entered with the Enter key is applied, and nothing is paid', async () => {
    const { url, now } = await begin(shop.prices.growth, { allow_promotion_codes: true })
    await send(url, { promotionCode: 'AUTUMN20', email, ...good })
    expect(await now()).toMatchObject({ status: 'open', amount_total: 63_200 })
  })
})

it('a card can be saved without a payment', async () => {
  const customer = await shop.stripe.customers.create({ email })
  const session = await shop.stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer: customer.id,
    success_url: `${shop.site}/saved`,
  })
  expect((await look(session.url ?? '')).text).toContain('Save card')
  expect((await send(session.url ?? '', good)).goesTo).toBe(`${shop.site}/saved`)
})
