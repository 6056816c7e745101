import type Stripe from 'stripe'
import { type Catalog, createPayer } from '../catalog.ts'

/** Every route of subscription schedules. */
export const callSchedules = async (stripe: Stripe, { basic, pro }: Catalog): Promise<void> => {
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
  await stripe.subscriptionSchedules.cancel((await start()).id)
  await stripe.subscriptionSchedules.list({ customer: String(schedule.customer) })
}
