import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCheckout, openShop, type Shop, subscribe } from './support/open-shop.ts'
import { good, look, send } from './support/visitor.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop({ settings: { paymentMethods: ['card', 'us_bank_account', 'sepa_debit'] } })
})
afterAll(() => shop[Symbol.asyncDispose]())

const account = (accountNumber: string): Record<string, string> => ({
  email: 'alice@example.com',
  method: 'us_bank_account',
  routingNumber: '110000000',
  accountNumber,
  accountName: 'Alice',
})

const desk = () => look(`${shop.simulator.url}/_simulator`)
const pull = (lever: string, fields: Record<string, string>) =>
  send(`${shop.simulator.url}/_simulator/desk/${lever}`, fields)

const payByDebit = async (accountNumber = '000123456789') => {
  const { id, url } = await openCheckout(shop, shop.prices.pack, { mode: 'payment' })
  expect((await send(url ?? '', account(accountNumber))).status).toBe(303)
  const session = await shop.stripe.checkout.sessions.retrieve(id)
  return { session, intent: String(session.payment_intent) }
}

describe('Checkout where bank debits are offered', () => {
  it('lets the buyer choose, by the session’s currency', async () => {
    const { url } = await openCheckout(shop, shop.prices.pack, { mode: 'payment' })
    const { text, html } = await look(url ?? '')
    expect(text).toContain('Payment method Card US bank account')
    expect(html).not.toContain('sepa_debit')
    expect((await look(`${url}?sample=000222222227`)).html).toContain('value="000222222227"')
  })

  it('is complete and unpaid after a debit', async () => {
    const { session } = await payByDebit()
    expect(session).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
  })

  it('names what is wrong with an account, typed badly or unknown to the test mode', async () => {
    const { url } = await openCheckout(shop, shop.prices.pack, { mode: 'payment' })
    const bad = await send(url ?? '', { ...account('1'), routingNumber: '1', accountName: '' })
    expect(bad.status).toBe(422)
    for (const name of ['routingNumber', 'accountNumber', 'accountName'])
      expect(bad.html).toContain(`id="${name}-problem"`)
    const unknown = await send(url ?? '', account('987654321'))
    expect([unknown.status, unknown.text.includes('You must use a test bank account number')]).toEqual([422, true])
  })

  it('still takes a card', async () => {
    const { url, id } = await openCheckout(shop, shop.prices.pack, { mode: 'payment' })
    await send(url ?? '', { email: 'alice@example.com', method: 'card', ...good })
    expect((await shop.stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid')
  })
})

describe('what a session collects', () => {
  const collecting = (required: 'if_supported' | 'never') =>
    openCheckout(shop, shop.prices.pack, {
      mode: 'payment',
      customer_creation: 'always',
      automatic_tax: { enabled: true },
      tax_id_collection: { enabled: true, required },
    })

  it('is the country and the tax id of the buyer', async () => {
    const { url, id } = await collecting('never')
    expect((await look(url ?? '')).text).toContain('Tax ID (optional)')
    const fields = { email: 'alice@example.com', ...good, country: 'DE', taxIdType: 'eu_vat', taxId: 'DE123456789' }
    expect((await send(url ?? '', fields)).status).toBe(303)
    const { customer_details, customer } = await shop.stripe.checkout.sessions.retrieve(id)
    expect(customer_details).toMatchObject({
      address: { country: 'DE' },
      tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }],
    })
    expect((await shop.stripe.customers.listTaxIds(String(customer))).data).toHaveLength(1)
  })

  it.each([
    ['never', { taxIdType: 'eu_vat', taxId: '12' }, 'taxId-problem'],
    ['never', { taxId: 'DE123456789' }, 'taxIdType-problem'],
    ['if_supported', {}, 'taxId-problem'],
    ['never', { country: '' }, 'country-problem'],
  ] as const)('is refused beside its field when it is %s required and %j', async (required, typed, problem) => {
    const { url, id } = await collecting(required)
    const refused = await send(url ?? '', { email: 'alice@example.com', ...good, country: 'DE', ...typed })
    expect([refused.status, refused.html.includes(`id="${problem}"`)]).toEqual([422, true])
    expect((await shop.stripe.checkout.sessions.retrieve(id)).status).toBe('open')
  })
})

describe('elsewhere', () => {
  it('an invoice is debited, and waits for the bank', async () => {
    const customer = await shop.stripe.customers.create({ email: 'carol@example.com' })
    const { latest_invoice } = await shop.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: shop.prices.growth }],
      payment_behavior: 'default_incomplete',
    })
    const url = `${shop.simulator.url}/_simulator/invoice/${latest_invoice}`
    await send(url, account('000123456789'))
    const { text } = await look(url)
    expect(text).toContain('Your bank has been asked for the money.')
    expect(text).toContain('A debit of $790.00 is on its way.')
  })

  it('the portal saves a bank account, of the customer’s own name and address', async () => {
    const { customer } = await subscribe(shop, shop.prices.starter)
    const { url } = await shop.stripe.billingPortal.sessions.create({ customer: String(customer) })
    const iban = { method: 'sepa_debit', iban: 'DE89 3704 0044 0532 0130 00', ibanName: 'Alice' }
    expect((await send(`${url}/payment-method`, { ...iban, iban: 'DE1' })).status).toBe(422)
    await send(`${url}/payment-method`, iban)
    expect((await look(url)).text).toContain('SEPA Direct Debit ending in 3000 DE Default')
  })

  it('a bank account is verified by the code of its deposit', async () => {
    const { id, next_action } = await shop.stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      payment_method: 'pm_usBankAccount_success',
      mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
      confirm: true,
      return_url: shop.site,
    })
    const url = next_action?.verify_with_microdeposits?.hosted_verification_url ?? ''
    expect((await look(url)).text).toContain('Verify your bank account')
    expect((await send(url, { code: 'SM99ZZ' })).html).toContain('id="code-problem"')
    expect((await send(url, { code: 'SM11AA' })).text).toContain('Verified')
    expect((await shop.stripe.paymentIntents.retrieve(id)).status).toBe('processing')
    expect((await look(url)).status).toBe(404)
  })
})

describe('the desk', () => {
  it.each([
    ['succeed', 'succeeded', 'The debit has arrived.'],
    ['fail', 'requires_payment_method', 'The debit has come back.'],
  ])('lets a debit %s', async (outcome, status, said) => {
    const { intent } = await payByDebit()
    expect((await desk()).html).toContain(`name="intent" value="${intent}"`)
    await pull('settle', { intent, outcome })
    expect((await shop.stripe.paymentIntents.retrieve(intent)).status).toBe(status)
    expect((await desk()).text).toContain(said)
    await pull('settle', { intent, outcome })
    expect((await desk()).html).toMatch(/role="alert">No debit is on its way/)
  })

  it('raises a dispute, and decides it', async () => {
    const { latest_charge } = await shop.stripe.paymentIntents.create({
      amount: 1200,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
      return_url: shop.site,
    })
    await pull('dispute', { charge: String(latest_charge) })
    const [dispute] = (await shop.stripe.disputes.list({ charge: String(latest_charge) })).data
    expect((await desk()).text).toContain('needs response')
    await pull('decide', { dispute: dispute?.id ?? '', outcome: 'won' })
    expect((await shop.stripe.disputes.retrieve(dispute?.id ?? '')).status).toBe('won')
  })

  it('has the next charge fail for a reason, and the next request fail', async () => {
    await pull('decline', { reason: 'expired_card' })
    const pay = () =>
      shop.stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        payment_method: 'pm_card_visa',
        confirm: true,
        return_url: shop.site,
      })
    await expect(pay()).rejects.toMatchObject({ code: 'expired_card' })
    await pull('failure', { code: 'rate_limit' })
    await expect(shop.stripe.products.list({}, { maxNetworkRetries: 0 })).rejects.toMatchObject({ statusCode: 429 })
  })

  it('changes how webhooks travel, and says so', async () => {
    await pull('travel', { order: 'shuffled', duplicates: '1', delayMs: '1000' })
    expect(shop.simulator.webhooks.travel()).toMatchObject({ order: 'shuffled', duplicates: 1, delayMs: 1000 })
    expect((await desk()).text).toContain('shuffled, twice, after a second')
    await pull('travel', { order: 'inOrder', duplicates: '0', delayMs: '0' })
    expect((await desk()).text).toContain('in order, once, at once')
  })

  it('counts what is inside', async () => {
    const { text } = await desk()
    expect(text).toMatch(/payment intent \d+/)
    expect(text).toContain(shop.simulator.keys.publishableKey)
  })
})
