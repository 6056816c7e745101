import type { Customer } from '../domain/objects/customer.ts'
import type { World } from '../world.ts'
import { cancelUnstarted } from './schedules/leave.ts'
import { cancelSubscription } from './subscriptions/cancel.ts'

/** Deletes a customer; what they subscribed to ends. */
export const deleteCustomer = (world: World, customer: Customer) => {
  const tombstone = { id: customer.id, object: 'customer', deleted: true } as const
  const running = world.store.all('subscription').filter((each) => each.customer === customer.id && !each.ended_at)
  for (const subscription of running) cancelSubscription(world, subscription, {})
  const planned = world.store.all('subscription_schedule').filter((each) => each.customer === customer.id)
  for (const schedule of planned) if (schedule.status === 'not_started') cancelUnstarted(world, schedule)
  world.store.put(tombstone)
  world.emit('customer.deleted', customer)
  return tombstone
}
