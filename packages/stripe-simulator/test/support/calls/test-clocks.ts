import type Stripe from 'stripe'
import { advanceTo, createClockPayer } from '../clocks.ts'

/** Every route of test clocks. */
export const callTestClocks = async (stripe: Stripe, price: string): Promise<void> => {
  const frozen_time = 1_700_000_000
  const { id } = await stripe.testHelpers.testClocks.create({ frozen_time, name: 'A month' })
  const { id: customer } = await createClockPayer(stripe, id)
  await stripe.subscriptions.create({ customer, items: [{ price }], expand: ['test_clock'] })
  await advanceTo(stripe, id, frozen_time + 32 * 86_400)
  await stripe.testHelpers.testClocks.list()
  await stripe.customers.list({ test_clock: id })
  await stripe.testHelpers.testClocks.del(id)
}
