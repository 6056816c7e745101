import Stripe from 'stripe'
import type { Catalog } from '../catalog.ts'

const tiers = [
  { up_to: 10, unit_amount: 100, flat_amount: 500 },
  { up_to: 'inf' as const, unit_amount_decimal: Stripe.Decimal.from('50.5') },
]

/** Every route of meters, and the prices that they and tiers make. */
export const callMeters = async (stripe: Stripe, { product }: Catalog): Promise<void> => {
  const meter = await stripe.billing.meters.create({
    display_name: 'Questions',
    event_name: 'questions',
    default_aggregation: { formula: 'sum' },
  })
  await stripe.billing.meters.update(meter.id, { display_name: 'Answers' })
  await stripe.billing.meters.retrieve(meter.id)
  await stripe.billing.meters.list({ status: 'active' })
  const recurring = { interval: 'month' as const, usage_type: 'metered' as const, meter: meter.id }
  const price = { product: product.id, currency: 'usd' }
  const metered = await stripe.prices.create({ ...price, recurring, unit_amount: 2 })
  await stripe.prices.create({
    ...price,
    recurring: { interval: 'month' },
    billing_scheme: 'tiered',
    tiers_mode: 'volume',
    tiers,
    expand: ['tiers'],
  })
  const { id: customer } = await stripe.customers.create({})
  const payload = { stripe_customer_id: customer, value: '3' }
  await stripe.subscriptions.create({ customer, items: [{ price: metered.id }] })
  await stripe.billing.meterEvents.create({ event_name: 'questions', identifier: 'one', payload })
  await stripe.v2.billing.meterEvents.create({ event_name: 'questions', payload })
  const cancel = { identifier: 'one' }
  await stripe.billing.meterEventAdjustments.create({ event_name: 'questions', type: 'cancel', cancel })
  await stripe.billing.meters.listEventSummaries(meter.id, { customer, start_time: 0, end_time: 4_000_000_020 })
  await stripe.billing.meters.deactivate(meter.id)
  await stripe.billing.meters.reactivate(meter.id)
}
