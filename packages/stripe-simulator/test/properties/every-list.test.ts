import { expect, it } from 'vitest'
import { allRoutes } from '../../src/http/routes.ts'
import { readSpec } from '../../src/spec/document.ts'
import { listOperations } from '../../src/spec/operations.ts'
import { type OpenAccount, openAccount, refusable } from './support/open-account.ts'
import { openShop } from './support/shop.ts'

interface Page {
  readonly data: readonly { readonly id: string }[]
  readonly has_more: boolean
}

const pay = {
  amount: 1000,
  currency: 'usd',
  payment_method: 'pm_card_visa',
  confirm: true,
  return_url: 'https://a.com',
}

/** Two connected accounts; a payment to one, of which some came back twice; and a second payment. */
const connectTwo = ({ call, core, world }: OpenAccount): { transfer: string; fee: string } => {
  const [destination = ''] = [1, 2].map(() => call('POST /v1/accounts', { type: 'express' }).id)
  core.onboardAccount(destination)
  const shared = { ...pay, application_fee_amount: 100, transfer_data: { destination } }
  call('POST /v1/payment_intents', shared)
  call('POST /v1/payment_intents', shared)
  const transfer = String(world.store.all('transfer')[0]?.id)
  const fee = String(world.store.all('application_fee')[0]?.id)
  for (const amount of [10, 20]) {
    call(`POST /v1/transfers/${transfer}/reversals`, { amount })
    call(`POST /v1/application_fees/${fee}/refunds`, { amount })
  }
  return { transfer, fee }
}

/** What is counted, given away and asked about: two of each. */
const openBilling = ({ call }: OpenAccount, customer: string): { product: string } => {
  const { id: product } = call('POST /v1/products', { name: 'Bread' })
  for (const name of ['api', 'seats']) {
    const { id: entitlement_feature } = call('POST /v1/entitlements/features', { lookup_key: name, name })
    call(`POST /v1/products/${product}/features`, { entitlement_feature })
    const sum = { default_aggregation: { formula: 'sum' } }
    const { id: meter } = call('POST /v1/billing/meters', { display_name: name, event_name: name, ...sum })
    const usage_threshold = { gte: 9, meter, recurrence: 'one_time' }
    call('POST /v1/billing/alerts', { alert_type: 'usage_threshold', title: name, usage_threshold })
    call('POST /v1/billing/feedback_options', { description: name })
    const amount = { type: 'monetary', monetary: { currency: 'usd', value: 50 } }
    const applicability_config = { scope: { price_type: 'metered' } }
    call('POST /v1/billing/credit_grants', { customer, amount, applicability_config })
    call(`POST /v1/customers/${customer}/balance_transactions`, { amount: -70, currency: 'usd' })
    call('POST /v1/test_helpers/test_clocks', { frozen_time: 1_700_000_000 })
  }
  return { product }
}

/** An account that has at least two of most things. */
const openFull = () => {
  const account = openAccount()
  const shop = openShop(account)
  const { call } = account
  const twice = (key: string, input: Record<string, unknown>): void => {
    for (let count = 0; count < 2; count += 1) call(key, structuredClone(input))
  }
  const [customer = ''] = shop.customers
  const items = [{ price: shop.plans[0] }, { price: shop.plans[1] }]
  twice('POST /v1/subscriptions', { customer, items, discounts: [{ coupon: shop.coupon }] })
  const [subscription = ''] = account.world.store.all('subscription').map(({ id }) => id)
  for (const { id } of account.world.store.all('subscription')) {
    call('POST /v1/subscription_schedules', { from_subscription: id })
  }
  twice('POST /v1/payment_intents', { ...pay, customer })
  const charge = String(account.world.store.all('charge').at(-1)?.id)
  twice('POST /v1/refunds', { charge, amount: 100 })
  twice('POST /v1/setup_intents', { customer })
  twice('POST /v1/coupons', { percent_off: 5 })
  twice('POST /v1/promotion_codes', { promotion: { type: 'coupon', coupon: shop.coupon } })
  twice('POST /v1/tax_rates', { display_name: 'VAT', inclusive: false, percentage: 19 })
  twice(`POST /v1/customers/${customer}/tax_ids`, { type: 'eu_vat', value: 'DE123456789' })
  twice('POST /v1/products', { name: 'Growth' })
  twice('POST /v1/invoiceitems', { customer, amount: 700, currency: 'usd' })
  twice(`POST /v1/customers/${customer}/balance_transactions`, { amount: -100, currency: 'usd' })
  twice('POST /v1/test_helpers/test_clocks', { frozen_time: 1_700_000_000 })
  twice('POST /v1/billing/feedback_options', { description: 'Too expensive' })
  for (const lookup_key of ['sso', 'audit']) call('POST /v1/entitlements/features', { name: lookup_key, lookup_key })
  twice('POST /v1/webhook_endpoints', { url: 'https://example.com', enabled_events: ['price.created'] })
  twice('POST /v1/billing_portal/configurations', { features: { invoice_history: { enabled: true } } })
  const line_items = [
    { price: shop.pack, quantity: 1 },
    { price: shop.pack, quantity: 2 },
  ]
  twice('POST /v1/checkout/sessions', { mode: 'payment', success_url: 'https://a.com', line_items })
  const connected = connectTwo(account)
  const billing = openBilling(account, customer)
  account.advance({ days: 1 })
  twice(`POST /v1/customers/${customer}`, { name: 'Ada' })
  const session = String(account.world.store.all('checkout.session').at(-1)?.id)
  const invoice = String(account.world.store.all('invoice').at(-1)?.id)
  return { account, known: { customer, subscription, session, invoice, ...billing, ...connected } }
}

type Known = ReturnType<typeof openFull>['known']

const concrete = (path: string, { customer, session, invoice, product, transfer, fee }: Known): string =>
  path
    .replace('/v1/application_fees/{id}', `/v1/application_fees/${fee}`)
    .replace('/v1/transfers/{id}', `/v1/transfers/${transfer}`)
    .replace('/v1/customers/{id}', `/v1/customers/${customer}`)
    .replace('/v1/checkout/sessions/{id}', `/v1/checkout/sessions/${session}`)
    .replace('/v1/products/{id}', `/v1/products/${product}`)
    .replace('/v1/invoices/{id}', `/v1/invoices/${invoice}`)

const lists = listOperations(readSpec()).filter(
  ({ key, request }) => allRoutes[key] !== undefined && request.properties?.starting_after !== undefined,
)

/** Every id, a hundred at a time. */
const allOf = (page: (cursor: Record<string, unknown>) => Page): string[] => {
  const ids: string[] = []
  for (let cursor = {}, more = true; more; cursor = { starting_after: ids.at(-1) }) {
    const { data, has_more } = page({ limit: 100, ...cursor })
    ids.push(...data.map(({ id }) => id))
    more = has_more
  }
  return ids
}

/** Every id, page by page. */
const walk = (
  page: (cursor: Record<string, unknown>) => Page,
  name: string,
  first: Record<string, unknown>,
): string[] => {
  const ids: string[] = []
  for (let cursor = first, more = true; more; ) {
    const { data, has_more } = page(cursor)
    expect(data.length).toBeLessThanOrEqual(2)
    const turned = name === 'ending_before' ? data.toReversed() : data
    ids.push(...turned.map(({ id }) => id))
    more = has_more
    cursor = { [name]: ids.at(-1) }
  }
  return ids
}

const { account, known } = openFull()

/** Lists that the story leaves without two objects to turn a page between. */
const short: string[] = []

const pagesOf = ({ call }: OpenAccount, key: string, required: Record<string, unknown>) => {
  return (input: Record<string, unknown>): Page => call<Page>(key, { ...required, ...input })
}

it.each(lists.map(({ key, path, request }) => [key, path, request.required ?? []] as const))(
  '%s goes through all its pages, forwards and backwards',
  (key, path, required) => {
    const given = Object.fromEntries(required.map((name) => [name, known[name as keyof Known] ?? 1]))
    const page = pagesOf(account, `GET ${concrete(path, known)}`, given)
    let all: string[] = []
    refusable(() => {
      all = allOf(page)
    })
    if (all.length < 2) {
      short.push(key)
      return
    }
    expect(new Set(all).size).toBe(all.length)
    expect(walk((cursor) => page({ limit: 2, ...cursor }), 'starting_after', {})).toEqual(all)
    const before = walk((cursor) => page({ limit: 2, ...cursor }), 'ending_before', { ending_before: all.at(-1) })
    expect(before).toEqual(all.slice(0, -1).toReversed())
    expect(() => page({ starting_after: all[0], ending_before: all[1] })).toThrow('starting_after')
    expect(() => page({ starting_after: 'none' })).toThrow('No such')
  },
)

it('most lists have something to turn pages between', () => {
  expect(lists.length).toBeGreaterThan(20)
  expect(short.length).toBeLessThan(lists.length / 3)
})
