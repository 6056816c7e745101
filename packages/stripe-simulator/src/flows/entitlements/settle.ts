import type { ApiList } from '../../domain/objects/base.ts'
import type { ActiveEntitlement, ProductFeature } from '../../domain/objects/entitlement.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { render } from '../../domain/render.ts'
import type { World } from '../../world.ts'

const entitling = ['active', 'trialing', 'past_due']

/** What a subscription's features are for: they are looked up anew when it changes. */
const termsOf = ({ items }: Subscription): string =>
  items.data.map(({ price, current_period_start }) => `${price.id}@${current_period_start}`).join()

const productFeatures = (attached: readonly ProductFeature[], { items }: Subscription): string[] => {
  const products = items.data.map(({ price }) => price.product)
  return attached.filter(({ $product }) => products.includes($product)).map(({ $feature }) => $feature)
}

const featuresOf = (
  world: World,
  subscription: Subscription,
  attached: readonly ProductFeature[],
): readonly string[] => {
  const terms = termsOf(subscription)
  const known = subscription.$entitled
  if (known?.terms === terms && world.settings.featureChanges === 'next_period') return known.features
  const features = productFeatures(attached, subscription)
  world.update(subscription, { $entitled: { terms, features } })
  return features
}

/** The features that each customer's subscriptions give them. */
const entitledTo = (world: World): Map<string, Set<string>> => {
  const attached = world.store.all('product_feature')
  const wanted = new Map<string, Set<string>>()
  for (const subscription of world.store.all('subscription')) {
    if (!entitling.includes(subscription.status)) continue
    const features = wanted.get(subscription.customer) ?? new Set<string>()
    for (const feature of featuresOf(world, subscription, attached)) features.add(feature)
    wanted.set(subscription.customer, features)
  }
  return wanted
}

const listed = (customer: string, data: readonly ActiveEntitlement[]): ApiList<ActiveEntitlement> => ({
  object: 'list',
  data: data.map(render),
  has_more: false,
  url: `/v1/customer/${customer}/entitlements`,
})

export const entitlementsOf = (world: World, customer: string): ActiveEntitlement[] =>
  world.store.all('entitlements.active_entitlement').filter((each) => each.$customer === customer)

const grant = (world: World, customer: string, id: string): void => {
  const { lookup_key } = world.need('entitlements.feature', id)
  world.insert('entitlements.active_entitlement', {
    created: undefined,
    feature: id,
    lookup_key,
    $customer: customer,
  })
}

const settleCustomer = (world: World, customer: string, wanted: ReadonlySet<string>): void => {
  const before = entitlementsOf(world, customer)
  const gone = before.filter(({ feature }) => !wanted.has(feature))
  const added = [...wanted].filter((id) => !before.some(({ feature }) => feature === id))
  if (gone.length === 0 && added.length === 0) return
  for (const { id } of gone) world.store.remove(id)
  for (const id of added) grant(world, customer, id)
  const summary = {
    object: 'entitlements.active_entitlement_summary',
    customer,
    entitlements: listed(customer, entitlementsOf(world, customer)),
    livemode: false,
  }
  const previous = { entitlements: { data: before.map(render) } }
  world.emit('entitlements.active_entitlement_summary.updated', summary, previous)
}

/** Gives and takes what subscriptions, prices and products have changed, and tells of it: once for each customer. */
export const settleEntitlements = (world: World): void => {
  const held = world.store.all('entitlements.active_entitlement')
  if (held.length === 0 && world.store.all('product_feature').length === 0) return
  const wanted = entitledTo(world)
  const customers = new Set([...wanted.keys(), ...held.map(({ $customer }) => $customer)])
  for (const customer of customers) settleCustomer(world, customer, wanted.get(customer) ?? new Set())
}
