import type { World } from '../../world.ts'

/** A customer's new method pays for everything from now on. */
export const setDefaultMethod = (world: World, customerId: string, methodId: string): void => {
  const customer = world.need('customer', customerId)
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: methodId }
  world.update(customer, { invoice_settings }, 'customer.updated')
  const own = world.store
    .all('subscription')
    .filter((each) => each.customer === customerId && each.ended_at === null && each.default_payment_method !== null)
  for (const subscription of own) {
    world.update(subscription, { default_payment_method: methodId }, 'customer.subscription.updated')
  }
}
