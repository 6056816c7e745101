import type Stripe from 'stripe'
import { type OpenSimulator, stripeFor } from '../open-simulator.ts'

/** Usage in version 2 of the API: one by one, in a stream, and taken back. */
export const callStreams = async (
  { simulator }: OpenSimulator,
  stripe: Stripe,
  fetcher: typeof fetch,
): Promise<void> => {
  await stripe.billing.meters.create({
    display_name: 'Pages',
    event_name: 'pages',
    default_aggregation: { formula: 'sum' },
  })
  const { id } = await stripe.customers.create({})
  const event = { event_name: 'pages', identifier: 'first', payload: { stripe_customer_id: id, value: '3' } }
  const session = await stripe.v2.billing.meterEventSession.create()
  const streaming = stripeFor(simulator, { key: session.authentication_token, fetch: fetcher })
  await streaming.v2.billing.meterEventStream.create({ events: [event] })
  const cancel = { identifier: 'first' }
  await stripe.v2.billing.meterEventAdjustments.create({ event_name: 'pages', type: 'cancel', cancel })
}
