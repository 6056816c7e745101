import type Stripe from 'stripe'
import { type Catalog, createPayer } from '../catalog.ts'

/** Pausing, resuming, and a preview of what is not there yet. */
export const callPauses = async (stripe: Stripe, { pro }: Catalog): Promise<void> => {
  const { id: customer } = await createPayer(stripe)
  const items = [{ price: pro.id }]
  await stripe.invoices.createPreview({ customer, subscription_details: { items } })
  const { id } = await stripe.subscriptions.create({ customer, items })
  await stripe.subscriptions.pause(id, { type: 'subscription' })
  await stripe.subscriptions.resume(id)
}
