import type Stripe from 'stripe'

/** Endpoints, events, the account. */
export const callRest = async (stripe: Stripe): Promise<void> => {
  const { id } = await stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/', enabled_events: ['price.created'] })
  await stripe.webhookEndpoints.update(id, { disabled: true })
  await stripe.webhookEndpoints.retrieve(id)
  await stripe.webhookEndpoints.list()
  await stripe.webhookEndpoints.del(id)
  const events = await stripe.events.list({ types: ['customer.*', 'invoice.paid'], limit: 100 })
  await stripe.events.retrieve(events.data[0]?.id ?? '')
  await stripe.accounts.retrieveCurrent()
}
