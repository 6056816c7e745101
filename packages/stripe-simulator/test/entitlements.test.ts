import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import type { SimulatorOptions } from '../src/index.ts'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

type Summary = Stripe.Entitlements.ActiveEntitlementSummary

const summaryType = 'entitlements.active_entitlement_summary.updated'

/** A shop whose plan comes with exports, whose other plan comes with support too. */
const openShop = async (options: SimulatorOptions = {}) => {
  const open = await openSimulator(options)
  const { stripe } = open
  const catalog = await createCatalog(stripe)
  const team = await stripe.products.create({ name: 'Team' })
  const teamPrice = await stripe.prices.create({
    product: team.id,
    currency: 'usd',
    unit_amount: 5000,
    recurring: { interval: 'month' },
  })
  const exports = await stripe.entitlements.features.create({ name: 'Exports', lookup_key: 'exports' })
  const support = await stripe.entitlements.features.create({ name: 'Support', lookup_key: 'support' })
  const attach = (product: string, feature: string) =>
    stripe.products.createFeature(product, { entitlement_feature: feature })
  await attach(catalog.product.id, exports.id)
  await attach(team.id, exports.id)
  const attached = await attach(team.id, support.id)
  const { id: customer } = await createPayer(stripe)
  const keys = async (id = customer) => {
    const held = await stripe.entitlements.activeEntitlements.list({ customer: id })
    return held.data.map(({ lookup_key }) => lookup_key).sort()
  }
  const told = async () =>
    (await stripe.events.list({ type: summaryType })).data.map(({ data }) => data.object as unknown as Summary)
  const subscribe = (price = catalog.pro.id, more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
    stripe.subscriptions.create({ customer, items: [{ price }], ...more })
  return { ...open, ...catalog, team, teamPrice, exports, support, attach, attached, customer, keys, told, subscribe }
}

describe('an entitlement', () => {
  it('begins with a subscription to a product that has the feature, and ends with it', async () => {
    await using shop = await openShop()
    expect(await shop.keys()).toEqual([])
    const { id } = await shop.subscribe()
    expect(await shop.keys()).toEqual(['exports'])
    await shop.stripe.subscriptions.cancel(id)
    expect(await shop.keys()).toEqual([])
    const [ended, started] = await shop.told()
    expect(started).toMatchObject({
      object: 'entitlements.active_entitlement_summary',
      customer: shop.customer,
      entitlements: { object: 'list', data: [{ lookup_key: 'exports', feature: shop.exports.id }], has_more: false },
    })
    expect(ended?.entitlements.data).toEqual([])
  })

  it('is told of after what caused it, with what was before', async () => {
    await using shop = await openShop()
    await shop.subscribe()
    const types = (await shop.stripe.events.list({ limit: 100 })).data.map(({ type }) => type).reverse()
    expect(types.indexOf(summaryType)).toBeGreaterThan(types.indexOf('customer.subscription.created'))
    const [event] = (await shop.stripe.events.list({ type: summaryType })).data
    expect(event?.data.previous_attributes).toEqual({ entitlements: { data: [] } })
  })

  it('follows a change of price', async () => {
    await using shop = await openShop()
    const { id, items } = await shop.subscribe()
    const [before] = (await shop.stripe.entitlements.activeEntitlements.list({ customer: shop.customer })).data
    await shop.stripe.subscriptions.update(id, {
      items: [{ id: items.data[0]?.id ?? '', price: shop.teamPrice.id }],
    })
    expect(await shop.keys()).toEqual(['exports', 'support'])
    const [summary] = await shop.told()
    expect(summary?.entitlements.data.map((each) => each.lookup_key)).toEqual(['exports', 'support'])
    expect(summary?.entitlements.data[0]?.id).toBe(before?.id)
  })

  it('is one for all subscriptions of a customer, and ends with the last', async () => {
    await using shop = await openShop()
    const first = await shop.subscribe()
    const second = await shop.subscribe(shop.teamPrice.id)
    await shop.stripe.subscriptions.cancel(first.id)
    expect(await shop.keys()).toEqual(['exports', 'support'])
    expect(await shop.told()).toHaveLength(2)
    await shop.stripe.subscriptions.cancel(second.id)
    expect(await shop.keys()).toEqual([])
  })

  it('needs a subscription that runs: a trial does, an unpaid start does not', async () => {
    await using shop = await openShop()
    await shop.subscribe(shop.pro.id, { payment_behavior: 'default_incomplete' })
    expect(await shop.keys()).toEqual([])
    await shop.subscribe(shop.pro.id, { trial_period_days: 7 })
    expect(await shop.keys()).toEqual(['exports'])
  })

  it('stays while payments are retried, and ends when they are given up', async () => {
    await using shop = await openShop({ settings: { retryDays: [3] } })
    const { id } = await shop.subscribe()
    const method = await shop.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: shop.customer })
    await shop.stripe.subscriptions.update(id, { default_payment_method: method.id })
    await shop.simulator.clock.advance({ months: 1, hours: 2 })
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe('past_due')
    expect(await shop.keys()).toEqual(['exports'])
    await shop.simulator.clock.advance({ days: 4 })
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe('canceled')
    expect(await shop.keys()).toEqual([])
  })

  it('is not changed by a preview, nor by what is refused', async () => {
    await using shop = await openShop()
    const { id, items } = await shop.subscribe()
    const change = [{ id: items.data[0]?.id ?? '', price: shop.teamPrice.id }]
    await shop.stripe.invoices.createPreview({ subscription: id, subscription_details: { items: change } })
    await failure(shop.stripe.subscriptions.update(id, { items: [{ id: items.data[0]?.id ?? '', price: 'price_no' }] }))
    expect(await shop.keys()).toEqual(['exports'])
    expect(await shop.told()).toHaveLength(1)
  })
})

describe('a feature that a product gains or loses', () => {
  it('reaches subscriptions that run with their next period', async () => {
    await using shop = await openShop()
    await shop.subscribe(shop.teamPrice.id)
    const more = await shop.stripe.entitlements.features.create({ name: 'Audit', lookup_key: 'audit' })
    await shop.attach(shop.team.id, more.id)
    await shop.stripe.products.deleteFeature(shop.team.id, shop.attached.id)
    expect(await shop.keys()).toEqual(['exports', 'support'])
    await shop.simulator.clock.advance({ months: 1 })
    expect(await shop.keys()).toEqual(['audit', 'exports'])
    expect(await shop.told()).toHaveLength(2)
  })

  it('reaches them at once where the setting says so', async () => {
    await using shop = await openShop({ settings: { featureChanges: 'at_once' } })
    await shop.subscribe(shop.teamPrice.id)
    await shop.stripe.products.deleteFeature(shop.team.id, shop.attached.id)
    expect(await shop.keys()).toEqual(['exports'])
    await shop.attach(shop.team.id, shop.support.id)
    expect(await shop.keys()).toEqual(['exports', 'support'])
    expect(await shop.told()).toHaveLength(3)
  })
})

describe('a feature', () => {
  it('is listed by key, and when it is archived only where archived ones are asked for', async () => {
    await using shop = await openShop()
    const { features } = shop.stripe.entitlements
    await features.update(shop.exports.id, { active: false, metadata: { a: '1' }, name: 'Old exports' })
    expect((await features.list()).data.map(({ id }) => id)).toEqual([shop.support.id])
    expect((await features.list({ archived: true })).data).toMatchObject([{ id: shop.exports.id, name: 'Old exports' }])
    expect((await features.list({ lookup_key: 'support' })).data).toHaveLength(1)
  })

  it('has a key that no other has, and is attached to a product once', async () => {
    await using shop = await openShop()
    const { features } = shop.stripe.entitlements
    const taken = { code: 'resource_already_exists', param: 'lookup_key' }
    expect(await failure(features.create({ name: 'Other', lookup_key: 'exports' }))).toMatchObject(taken)
    expect(await failure(shop.attach(shop.team.id, shop.exports.id))).toMatchObject({ param: 'entitlement_feature' })
    await features.update(shop.support.id, { active: false })
    expect(await failure(shop.attach(shop.product.id, shop.support.id))).toMatchObject({ statusCode: 400 })
    expect(await failure(features.retrieve('feat_no'))).toMatchObject({ statusCode: 404, code: 'resource_missing' })
  })

  it('is shown with the product it is attached to, as it is by then', async () => {
    await using shop = await openShop()
    await shop.stripe.entitlements.features.update(shop.support.id, { name: 'Phone' })
    const found = await shop.stripe.products.retrieveFeature(shop.team.id, shop.attached.id)
    expect(found.entitlement_feature).toMatchObject({ name: 'Phone', lookup_key: 'support' })
    expect((await shop.stripe.products.listFeatures(shop.team.id)).data).toHaveLength(2)
    const gone = await shop.stripe.products.deleteFeature(shop.team.id, shop.attached.id)
    expect(gone).toMatchObject({ id: shop.attached.id, deleted: true })
    expect(await failure(shop.stripe.products.retrieveFeature(shop.team.id, shop.attached.id))).toMatchObject({
      statusCode: 404,
    })
  })

  it('opens in an entitlement that is expanded', async () => {
    await using shop = await openShop()
    await shop.subscribe()
    const list = { customer: shop.customer, expand: ['data.feature'] }
    const [held] = (await shop.stripe.entitlements.activeEntitlements.list(list)).data
    expect(held?.feature).toMatchObject({ name: 'Exports' })
    const one = await shop.stripe.entitlements.activeEntitlements.retrieve(held?.id ?? '')
    expect(one).toMatchObject({ lookup_key: 'exports', feature: shop.exports.id })
  })
})
