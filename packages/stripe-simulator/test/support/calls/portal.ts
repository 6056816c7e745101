import type Stripe from 'stripe'
import type { Catalog } from '../catalog.ts'

const return_url = 'https://example.com/back'

/** Every route of the portal. */
export const callPortal = async (stripe: Stripe, { product, basic, pro }: Catalog): Promise<void> => {
  const subscription_update = {
    enabled: true,
    default_allowed_updates: ['price' as const],
    products: [{ product: product.id, prices: [basic.id, pro.id] }],
  }
  const features = { subscription_update, invoice_history: { enabled: true }, subscription_cancel: { enabled: true } }
  const { id } = await stripe.billingPortal.configurations.create({ features })
  await stripe.billingPortal.configurations.update(id, { features: { payment_method_update: { enabled: true } } })
  await stripe.billingPortal.configurations.retrieve(id, { expand: ['features.subscription_update.products'] })
  await stripe.billingPortal.configurations.list({ is_default: true })
  const { id: customer } = await stripe.customers.create({})
  await stripe.billingPortal.sessions.create({ customer, return_url })
  await stripe.billingPortal.sessions.create({ customer, flow_data: { type: 'payment_method_update' } })
}
