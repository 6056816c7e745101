import { invalidRequest, notSimulated } from '../domain/failure.ts'
import type { Discount } from '../domain/objects/catalog.ts'
import type { Customer } from '../domain/objects/customer.ts'
import type { Subscription } from '../domain/objects/subscription.ts'
import type { World } from '../world.ts'
import { removeDiscount } from './discounts.ts'

const deleted = ({ end: _end, ...discount }: Discount) => ({ ...discount, deleted: true })

const none = ({ object, id }: Customer | Subscription) =>
  invalidRequest(`No active discount for ${object}: ${id}`, { code: 'resource_missing', status: 404 })

/** Takes the discount off a subscription, for the invoices to come. */
export const endDiscount = (world: World, subscription: Subscription) => {
  const [id, another] = subscription.discounts
  if (id === undefined) throw none(subscription)
  if (another !== undefined) throw notSimulated('deleting one of several discounts; update `discounts` instead')
  world.update(subscription, { discounts: [] }, 'customer.subscription.updated')
  return deleted(removeDiscount(world, id))
}

/** The same for a customer who was given one when that could still be done. */
export const endCustomerDiscount = (world: World, customer: Customer) => {
  if (!customer.discount) throw none(customer)
  const { id } = customer.discount
  world.update(customer, { discount: null }, 'customer.updated')
  return deleted(removeDiscount(world, id))
}
