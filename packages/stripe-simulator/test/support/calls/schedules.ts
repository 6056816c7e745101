import type Stripe from 'stripe'
import { type Catalog, createPayer } from '../catalog.ts'

/** Every route of subscription schedules. */
export const callSchedules = async (stripe: Stripe, { basic, pack, pro }: Catalog): Promise<void> => {
  const start = async (): Promise<Stripe.SubscriptionSchedule> => {
    const { id: customer } = await createPayer(stripe)
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: pro.id }] })
    return stripe.subscriptionSchedules.create({ from_subscription: id })
  }
  const schedule = await start()
  const [phase] = schedule.phases
  const phases = [
    { items: [{ price: pro.id, quantity: 1 }], start_date: phase?.start_date ?? 0, end_date: phase?.end_date ?? 0 },
    { items: [{ price: basic.id, quantity: 1 }], duration: { interval: 'month' as const, interval_count: 2 } },
  ]
  await stripe.subscriptionSchedules.update(schedule.id, { phases, end_behavior: 'cancel', metadata: { a: '1' } })
  await stripe.subscriptionSchedules.retrieve(schedule.id, { expand: ['subscription', 'customer'] })
  await stripe.subscriptionSchedules.release(schedule.id)
  const { id: customer } = await createPayer(stripe)
  const { id: coupon } = await stripe.coupons.create({ percent_off: 5 })
  const ramp = {
    items: [{ price: basic.id, quantity: 1 }],
    duration: { interval: 'month' as const },
    discounts: [{ coupon }],
    add_invoice_items: [{ price: pack.id }],
    collection_method: 'send_invoice' as const,
    invoice_settings: { days_until_due: 7 },
    trial: true,
  }
  await stripe.subscriptionSchedules.create({ customer, phases: [ramp], default_settings: { description: 'Ramp' } })
  await stripe.subscriptionSchedules.create({ customer, phases: [ramp], start_date: 4_000_000_000 })
  await stripe.subscriptionSchedules.cancel((await start()).id)
  await stripe.subscriptionSchedules.list({ customer: String(schedule.customer) })
}
