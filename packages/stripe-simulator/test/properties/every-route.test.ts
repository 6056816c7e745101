import { describe, expect, it } from 'vitest'
import { StripeFailure } from '../../src/domain/failure.ts'
import type { ObjectName } from '../../src/domain/objects/all.ts'
import { allRoutes } from '../../src/http/routes.ts'
import { readSpec, resolveSchema, type Schema } from '../../src/spec/document.ts'
import { type KnownOperation, listOperations } from '../../src/spec/operations.ts'
import { answerProblems } from '../support/answer-validator.ts'
import { deeds } from './support/commands.ts'
import { type OpenAccount, openAccount } from './support/open-account.ts'
import { sampleFields } from './support/sample-input.ts'
import { openShop, type Shop } from './support/shop.ts'

const spec = readSpec()
const served = listOperations(spec).filter(({ key }) => allRoutes[key] !== undefined)
const table = served.map((operation) => [operation.key, operation] as const)

const story = [
  ['subscribe', 1, 999],
  ['createIntent', 2, 500],
  ['openSession', 0, 1000],
  ['paySession', 0, 1000],
  ['refund', 1, 1000],
  ['createIntent', 1, 700],
] as const

/** A connected account that was sent money, a part of which went back. */
const openConnected = ({ call, core }: OpenAccount): void => {
  const { id: destination } = call('POST /v1/accounts', { type: 'express' })
  core.onboardAccount(destination)
  const terms = { application_fee_amount: 100, transfer_data: { destination } }
  const paid = {
    amount: 1000,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    return_url: 'https://a.b',
  }
  const { id } = call('POST /v1/payment_intents', { ...paid, ...terms })
  call('POST /v1/refunds', { payment_intent: id, amount: 200, reverse_transfer: true, refund_application_fee: true })
}

/** What is counted, given away and asked about: each kind of object once. */
const openBilling = ({ call }: OpenAccount, { plans, customers: [customer = ''] }: Shop): void => {
  const { id: meter } = call('POST /v1/billing/meters', {
    display_name: 'Calls',
    event_name: 'calls',
    default_aggregation: { formula: 'sum' },
  })
  call('POST /v1/billing/alerts', {
    alert_type: 'usage_threshold',
    title: 'Much',
    usage_threshold: { gte: 9, meter, recurrence: 'one_time' },
  })
  call('POST /v1/billing/credit_grants', {
    customer,
    amount: { type: 'monetary', monetary: { currency: 'usd', value: 50 } },
    applicability_config: { scope: { price_type: 'metered' } },
  })
  call('POST /v1/billing/feedback_options', { description: 'Moved away' })
  const { id: entitlement_feature } = call('POST /v1/entitlements/features', { lookup_key: 'api', name: 'API' })
  const { product } = call(`GET /v1/prices/${plans[0]}`)
  call(`POST /v1/products/${product}/features`, { entitlement_feature })
  call('POST /v1/subscriptions', { customer, items: [{ price: plans[0] }] })
}

/** An account in which much has happened already. */
const openBusy = () => {
  const account = openAccount()
  const shop = openShop(account)
  for (const [name, pick, amount] of story) deeds[name]?.(account, shop, { name, pick, amount })
  account.call('POST /v1/promotion_codes', { promotion: { type: 'coupon', coupon: shop.coupon } })
  account.call('POST /v1/billing_portal/configurations', { features: { invoice_history: { enabled: true } } })
  account.call('POST /v1/setup_intents', {})
  account.call(`POST /v1/customers/${shop.customers[1]}/balance_transactions`, { amount: -70, currency: 'usd' })
  account.call(`POST /v1/customers/${shop.customers[1]}/tax_ids`, { type: 'eu_vat', value: 'DE123456789' })
  const { latest_invoice } = account.call('POST /v1/subscriptions', {
    customer: shop.customers[1],
    items: [{ price: shop.plans[1] }],
    payment_behavior: 'default_incomplete',
  })
  account.call('POST /v1/credit_notes', { invoice: latest_invoice, amount: 100 })
  account.call('POST /v1/test_helpers/confirmation_tokens', { payment_method: 'pm_card_visa' })
  account.call('POST /v1/payment_intents', {
    amount: 900,
    currency: 'eur',
    confirm: true,
    payment_method: 'pm_success_de',
    mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
    return_url: 'https://example.com',
  })
  account.call('POST /v1/invoiceitems', { customer: shop.customers[0], amount: 700, currency: 'usd' })
  const own = account.call('POST /v1/invoices', { customer: shop.customers[0] })
  account.call('POST /v1/invoiceitems', { customer: shop.customers[0], invoice: own.id, amount: 900 })
  account.call('POST /v1/test_helpers/test_clocks', { frozen_time: 1_700_000_000 })
  openBilling(account, shop)
  account.call('POST /v1/webhook_endpoints', { url: 'https://example.com', enabled_events: ['price.created'] })
  openConnected(account)
  return account
}

type Account = ReturnType<typeof openBusy>

const newest = (account: Account, name: string): string | undefined =>
  account.world.store.all(name as ObjectName).at(-1)?.id

/** What belongs to a customer, by the word in its path. */
const owned: Readonly<Record<string, string>> = {
  balance_transactions: 'customer_balance_transaction',
  payment_methods: 'payment_method',
  tax_ids: 'tax_id',
}

const ownedBy = (account: Account, customer: string, path: string): string =>
  path.replace(/\/([a-z_]+)\/\{id\}$/, (whole, kind: string) => {
    const id = account.world.store.all(owned[kind] as ObjectName).findLast((each) => each.customer === customer)?.id
    return id === undefined ? whole : `/${kind}/${id}`
  })

/** `/v1/checkout/sessions/{id}` is about the newest `checkout.session`. */
const concrete = (account: Account, { method, path }: KnownOperation): string => {
  const filled = path.replaceAll(/\/v1\/([a-z_/]+)s\/\{[a-z_]+\}/g, (whole, kind: string) => {
    const id = newest(account, kind.replaceAll('/', '.'))
    return id === undefined ? whole : `/v1/${kind}s/${id}`
  })
  const line = account.world.store.all('invoice').at(-1)?.lines.data.at(-1)?.id ?? 'none'
  const customer = /^\/v1\/customers\/(cus_\w+)\//.exec(filled)?.[1]
  const whole = customer === undefined ? filled : ownedBy(account, customer, filled)
  return `${method} ${whole.replaceAll('/lines/{id}', `/lines/${line}`).replaceAll(/\{[a-z_]+\}/g, 'none')}`
}

const answerOf = (account: Account, operation: KnownOperation, names: readonly string[]): unknown => {
  const input = sampleFields(operation.request, names, (name) => newest(account, name))
  return account.call<unknown>(concrete(account, operation), input)
}

const refusalOf = (work: () => unknown): StripeFailure => {
  try {
    work()
  } catch (cause) {
    if (cause instanceof StripeFailure) return cause
    throw cause
  }
  throw new TypeError('nothing was refused')
}

const kindOf = (given: Schema | undefined): string | undefined => {
  const schema = given && resolveSchema(spec, given)
  return schema?.enum ? 'enum' : schema?.type
}

const wrong: Readonly<Record<string, { readonly value: string; readonly message: RegExp }>> = {
  integer: { value: 'abc', message: /^Invalid integer: abc$/ },
  boolean: { value: 'maybe', message: /^Invalid boolean: maybe$/ },
  enum: { value: 'nonsense', message: /must be one of/ },
}

/** The parameters that a server sends and the simulator honours, whole ones. */
const servedBy = ({ key, request }: KnownOperation): string[] =>
  Object.keys(request.properties ?? {})
    .filter((name) => allRoutes[key]?.serves.includes(name))
    .filter((name) => name !== 'expand' && name !== 'client_secret')

/** What is wrong with an answer; a refusal is none. */
const problemsOf = (account: Account, operation: KnownOperation, names: readonly string[]): string[] => {
  const [method = '', path = ''] = concrete(account, operation).split(' ')
  try {
    return answerProblems(method, path, answerOf(account, operation, names))
  } catch (cause) {
    if (cause instanceof StripeFailure && cause.status !== 500) return []
    throw cause
  }
}

/** What is refused changes nothing: one will do. */
const account = openBusy()

describe.each(table)('%s', (_key, operation) => {
  const { request } = operation
  const required = request.required ?? []
  const path = concrete(account, operation)

  it('refuses a parameter that it does not know', () => {
    const { status, error } = refusalOf(() => account.call(path, { nonsense: '1' }))
    expect([status, error]).toMatchObject([400, { code: 'parameter_unknown', param: 'nonsense' }])
  })

  it('refuses a request without what it must have, and values of another type', () => {
    for (const param of required) {
      const others = sampleFields(
        request,
        required.filter((name) => name !== param),
        () => undefined,
      )
      const { error } = refusalOf(() => account.call(path, others))
      expect(error).toMatchObject({ code: 'parameter_missing', param })
    }
    for (const [param, schema] of Object.entries(request.properties ?? {})) {
      const bad = wrong[kindOf(schema) ?? '']
      if (!bad) continue
      const given = { ...sampleFields(request, required, () => undefined), [param]: bad.value }
      expect(refusalOf(() => account.call(path, given)).error).toMatchObject({
        message: expect.stringMatching(bad.message),
        param,
      })
    }
  })

  it('answers what the document says, or refuses, with only the required parameters and with all', () => {
    const busy = openBusy()
    for (const names of [required, servedBy(operation)]) expect(problemsOf(busy, operation, names)).toEqual([])
  })
})
