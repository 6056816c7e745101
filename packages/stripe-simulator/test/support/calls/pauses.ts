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
  const classic = await stripe.subscriptions.create({ customer, items, billing_mode: { type: 'classic' } })
  await stripe.subscriptions.migrate(classic.id, { billing_mode: { type: 'flexible' } })
  await stripe.subscriptions.create({
    customer,
    items,
    billing_cycle_anchor_config: { day_of_month: 31 },
    pending_invoice_item_interval: { interval: 'week' },
  })
}
