import type Stripe from 'stripe'
import { type Catalog, createPayer } from '../catalog.ts'

/** Every route of features and entitlements. */
export const callEntitlements = async (stripe: Stripe, { product, pro }: Catalog): Promise<void> => {
  const { features, activeEntitlements } = stripe.entitlements
  const feature = await features.create({ name: 'Exports', lookup_key: 'exports', metadata: { a: '1' } })
  await features.update(feature.id, { name: 'All exports' })
  await features.retrieve(feature.id)
  await features.list({ lookup_key: 'exports' })
  const attached = await stripe.products.createFeature(product.id, { entitlement_feature: feature.id })
  await stripe.products.retrieveFeature(product.id, attached.id)
  await stripe.products.listFeatures(product.id)
  const { id: customer } = await createPayer(stripe)
  await stripe.subscriptions.create({ customer, items: [{ price: pro.id }] })
  const [held] = (await activeEntitlements.list({ customer, expand: ['data.feature'] })).data
  await activeEntitlements.retrieve(held?.id ?? '')
  await stripe.products.deleteFeature(product.id, attached.id)
}
