import type Stripe from 'stripe'
import { type Catalog, createPayer } from '../catalog.ts'
import type { OpenSimulator } from '../open-simulator.ts'

/** Gives a customer a discount of their own, as only older versions of the API did. */
const giveDiscount = ({ simulator }: OpenSimulator, id: string): void => {
  const { objects, ...rest } = simulator.snapshot()
  const customers = (objects.customer ?? []).map((customer) =>
    customer.id === id
      ? { ...customer, discount: { ...objects.discount?.[0], customer: id, id: 'di_of_customer' } }
      : customer,
  )
  const own = { ...objects.discount?.[0], object: 'discount', customer: id, id: 'di_of_customer' }
  simulator.restore({
    ...rest,
    objects: { ...objects, customer: customers, discount: [...(objects.discount ?? []), own] },
  })
}

/** Every route that ends a discount. */
export const callDiscountEnds = async (open: OpenSimulator, stripe: Stripe, { basic }: Catalog): Promise<void> => {
  const { id: customer } = await createPayer(stripe)
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' })
  const { id } = await stripe.subscriptions.create({
    customer,
    items: [{ price: basic.id }],
    discounts: [{ coupon: coupon.id }],
  })
  await stripe.subscriptions.deleteDiscount(id)
  giveDiscount(open, customer)
  await stripe.customers.deleteDiscount(customer)
}
