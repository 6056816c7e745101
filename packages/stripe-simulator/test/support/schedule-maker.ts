import type Stripe from 'stripe'
import { createCatalog, createPayer } from './catalog.ts'
import type { OpenSimulator } from './open-simulator.ts'

export type Phase = Stripe.SubscriptionScheduleCreateParams.Phase

const month = { interval: 'month', interval_count: 1 } as const

/** Phases and schedules of a customer who can pay. */
export const openSchedules = async (open: OpenSimulator) => {
  const catalog = await createCatalog(open.stripe)
  const { id: customer } = await createPayer(open.stripe)
  const phase = ({ id }: Stripe.Price, more: Partial<Phase> = {}): Phase => ({
    items: [{ price: id, quantity: 1 }],
    ...(more.end_date === undefined ? { duration: month } : {}),
    ...more,
  })
  const create = (phases: Phase[], more: Stripe.SubscriptionScheduleCreateParams = {}) =>
    open.stripe.subscriptionSchedules.create({ customer, phases, ...more })
  return { ...catalog, customer, phase, create }
}

export const subscriptionOf = (
  { stripe }: OpenSimulator,
  schedule: Stripe.SubscriptionSchedule,
): Promise<Stripe.Subscription> =>
  stripe.subscriptions.retrieve(String(schedule.subscription ?? schedule.released_subscription), {
    expand: ['latest_invoice'],
  })

export const amounts = (invoice: unknown): number[] =>
  (invoice as Stripe.Invoice).lines.data.map(({ amount }) => amount)
