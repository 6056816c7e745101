import type Stripe from 'stripe'
import { type Catalog, createPayer } from '../catalog.ts'

/** Every route of feedback options, and what they are for. */
export const callFeedback = async (stripe: Stripe, { pro }: Catalog): Promise<void> => {
  const { feedbackOptions } = stripe.billing
  const option = await feedbackOptions.create({ description: 'Moved away' })
  await feedbackOptions.update(option.id, { description: 'Moved far away' })
  await feedbackOptions.retrieve(option.id)
  await feedbackOptions.list({ status: 'active' })
  const reason = { enabled: true, options: ['unused' as const], feedback_options: [option.id] }
  await stripe.billingPortal.configurations.create({
    features: { subscription_cancel: { enabled: true, cancellation_reason: reason } },
  })
  const { id: customer } = await createPayer(stripe)
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: pro.id }] })
  await stripe.subscriptions.cancel(id, { cancellation_details: { feedback_option: option.id } })
  await feedbackOptions.deactivate(option.id)
}
