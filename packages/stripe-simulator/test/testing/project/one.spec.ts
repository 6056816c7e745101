import { expect, inject, it } from 'vitest'
import { connectStripe } from '../../../src/testing.ts'
import { clientFor } from '../client-for.ts'

it('reaches the simulator from another process', async () => {
  const address = inject('stripe')
  const client = clientFor(address)
  const { id: product } = await client.products.create({ name: 'Growth' })
  const recurring = { interval: 'month' } as const
  await client.prices.create({ product, currency: 'usd', unit_amount: 500, recurring })
  const stripe = connectStripe(address)
  const subscription = await stripe.customer('alice').subscribesTo('Growth')
  expect((await client.subscriptions.retrieve(subscription.id)).status).toBe('active')
  expect(await stripe.advance('1 month')).toEqual(new Date('2026-02-28T09:00:00Z'))
})
