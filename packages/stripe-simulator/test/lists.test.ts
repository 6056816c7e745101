import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

describe('expansion', () => {
  it('puts objects in place of ids, several levels deep', async () => {
    await using open = await openSimulator()
    const price = await open.stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Pack' } })
    const expanded = await open.stripe.prices.list({ expand: ['data.product'] })
    expect(expanded.data[0]?.product).toMatchObject({ id: price.product, name: 'Pack' })
  })

  it('is refused for what cannot be expanded, and beyond four levels', async () => {
    await using open = await openSimulator()
    const customer = await open.stripe.customers.create({})
    expect((await failure(open.stripe.customers.retrieve(customer.id, { expand: ['email'] }))).message).toContain(
      'email',
    )
    const deep = { expand: ['a.b.c.d.e'] }
    expect((await failure(open.stripe.customers.retrieve(customer.id, deep))).message).toContain('4 levels')
  })

  it('is the only way to see what Stripe leaves out', async () => {
    await using open = await openSimulator()
    const customer = await open.stripe.customers.create({})
    expect(customer).not.toHaveProperty('subscriptions')
    const expanded = await open.stripe.customers.retrieve(customer.id, { expand: ['subscriptions'] })
    expect(expanded).toMatchObject({ subscriptions: { object: 'list', data: [] } })
  })
})

describe('lists', () => {
  it('are newest first and walk through all pages', async () => {
    await using open = await openSimulator()
    for (const name of ['a', 'b', 'c', 'd', 'e']) await open.stripe.products.create({ name })
    const names: string[] = []
    for await (const product of open.stripe.products.list({ limit: 2 })) names.push(product.name)
    expect(names).toEqual(['e', 'd', 'c', 'b', 'a'])
  })

  it('go backwards from an object', async () => {
    await using open = await openSimulator()
    const made: Stripe.Product[] = []
    for (const name of ['a', 'b', 'c', 'd']) made.push(await open.stripe.products.create({ name }))
    const page = await open.stripe.products.list({ limit: 2, ending_before: made[0]?.id ?? '' })
    expect(page.data.map(({ name }) => name)).toEqual(['c', 'b'])
    expect(page.has_more).toBe(true)
  })

  it('hold 1 to 100', async () => {
    await using open = await openSimulator()
    expect(await failure(open.stripe.products.list({ limit: 101 }))).toMatchObject({ param: 'limit', statusCode: 400 })
  })
})
