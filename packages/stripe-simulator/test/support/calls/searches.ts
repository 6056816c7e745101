import type Stripe from 'stripe'
import type { OpenSimulator } from '../open-simulator.ts'

/** Every search, over what the other calls left. */
export const callSearches = async ({ simulator }: OpenSimulator, stripe: Stripe): Promise<void> => {
  await simulator.clock.advance({ minutes: 1 })
  const query = 'created>0'
  await stripe.charges.search({ query, limit: 100 })
  await stripe.customers.search({ query, expand: ['total_count'] })
  await stripe.invoices.search({ query, expand: ['data.payments'] })
  await stripe.paymentIntents.search({ query })
  await stripe.prices.search({ query: 'active:"true"', expand: ['data.product'] })
  await stripe.products.search({ query: 'active:"true"' })
  await stripe.subscriptions.search({ query, expand: ['data.customer'] })
}
