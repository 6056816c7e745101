import { readFileSync } from 'node:fs'
import type Stripe from 'stripe'
import { expect, it } from 'vitest'
import { openCreditShop } from './support/credit-shop.ts'

const { resources } = JSON.parse(readFileSync(new URL('../spec/fixtures3.subset.json', import.meta.url), 'utf8')) as {
  readonly resources: Readonly<Record<string, object>>
}

type Shop = Awaited<ReturnType<typeof openCreditShop>>
type Make = (shop: Shop) => Promise<object | undefined>

const alert = ({ stripe, meter }: Shop) =>
  stripe.billing.alerts.create({
    alert_type: 'usage_threshold',
    title: 'Much',
    usage_threshold: { gte: 1, meter: meter.id, recurrence: 'one_time' },
  })

const told = async ({ stripe }: Shop, type: string) => (await stripe.events.list({ type })).data[0]?.data.object

const feature = ({ stripe }: Shop) => stripe.entitlements.features.create({ name: 'API', lookup_key: 'api' })

const attached = async (shop: Shop) =>
  shop.stripe.products.createFeature(shop.product.id, { entitlement_feature: (await feature(shop)).id })

const entitled = async (shop: Shop) => {
  await attached(shop)
  await shop.subscribe()
}

const subscribed = async (shop: Shop): Promise<Stripe.SubscriptionItem> => {
  const [item] = (await shop.subscribe()).items.data
  if (!item) throw new TypeError('a subscription has items')
  return item
}

const credits: Readonly<Record<string, Make>> = {
  'billing.credit_balance_summary': async ({ stripe, customer, grant }) => {
    const { id: credit_grant } = await grant()
    const filter = { type: 'credit_grant' as const, credit_grant }
    return stripe.billing.creditBalanceSummaries.retrieve({ customer, filter })
  },
  'billing.credit_balance_transaction': async ({ stripe, customer, grant }) => {
    await grant()
    return (await stripe.billing.creditBalanceTransactions.list({ customer })).data[0]
  },
  'billing.credit_grant': ({ grant }) => grant(),
}

const metered: Readonly<Record<string, Make>> = {
  'billing.alert': alert,
  'billing.alert_triggered': async (shop) => {
    await alert(shop)
    await shop.uses(1)
    return told(shop, 'billing.alert.triggered')
  },
  'billing.meter_event': ({ uses }) => uses(1),
  'billing.meter_event_adjustment': async ({ stripe, uses }) => {
    const { identifier } = await uses(1)
    return stripe.billing.meterEventAdjustments.create({ event_name: 'calls', type: 'cancel', cancel: { identifier } })
  },
  'billing.meter_event_summary': async ({ stripe, meter, customer }) => {
    const range = { customer, start_time: 0, end_time: 60 }
    return (await stripe.billing.meters.listEventSummaries(meter.id, range)).data[0]
  },
}

const catalog: Readonly<Record<string, Make>> = {
  deleted_coupon: async ({ stripe }) => stripe.coupons.del((await stripe.coupons.create({ percent_off: 5 })).id),
  deleted_product: async ({ stripe }) => stripe.products.del((await stripe.products.create({ name: 'A' })).id),
  deleted_product_feature: async (shop) =>
    shop.stripe.products.deleteFeature(shop.product.id, (await attached(shop)).id),
  plan: async (shop) => (await subscribed(shop)).plan,
  product_feature: attached,
}

const customers: Readonly<Record<string, Make>> = {
  customer_session: ({ stripe, customer }) =>
    stripe.customerSessions.create({ customer, components: { payment_element: { enabled: true } } }),
  deleted_customer: ({ stripe, customer }) => stripe.customers.del(customer),
  deleted_subscription_item: async (shop) => shop.stripe.subscriptionItems.del((await subscribed(shop)).id),
  deleted_tax_id: async ({ stripe, customer }) => {
    const { id } = await stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'DE123456789' })
    return stripe.customers.deleteTaxId(customer, id)
  },
  deleted_webhook_endpoint: async ({ stripe }) => {
    const url = 'https://example.com'
    return stripe.webhookEndpoints.del(
      (await stripe.webhookEndpoints.create({ url, enabled_events: ['price.created'] })).id,
    )
  },
  'entitlements.active_entitlement': async (shop) => {
    await entitled(shop)
    return (await shop.stripe.entitlements.activeEntitlements.list({ customer: shop.customer })).data[0]
  },
  'entitlements.active_entitlement_summary': async (shop) => {
    await entitled(shop)
    return told(shop, 'entitlements.active_entitlement_summary.updated')
  },
  'entitlements.feature': feature,
}

const made = { ...credits, ...metered, ...catalog, ...customers }

it.each(Object.entries(made))('%s has the fields of Stripe’s own example', async (name, make) => {
  await using shop = await openCreditShop()
  const object = (await make(shop)) ?? {}
  const fields = Object.keys(resources[name] ?? {})
  expect(fields).not.toEqual([])
  expect(fields.filter((field) => !(field in object))).toEqual([])
})

const shapes: Readonly<Record<string, readonly string[]>> = {
  customer_session: ['components'],
  'entitlements.active_entitlement_summary': ['entitlements'],
  'billing.credit_grant': ['amount', 'applicability_config'],
}

it.each(Object.entries(shapes))('%s has what is in the parts of Stripe’s own example', async (name, parts) => {
  await using shop = await openCreditShop()
  const object = (await made[name]?.(shop)) as Readonly<Record<string, object>>
  const example = resources[name] as Readonly<Record<string, object>>
  for (const part of parts) {
    expect(Object.keys(example[part] ?? {}).filter((field) => !(field in (object[part] ?? {})))).toEqual([])
  }
})
