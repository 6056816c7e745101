import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const later = ({ simulator }: OpenSimulator) => simulator.clock.advance({ minutes: 1 })

const openPeople = async () => {
  const open = await openSimulator()
  await open.stripe.customers.create({ name: 'Ada Lovelace', email: 'ada@example.com', metadata: { tier: 'Gold' } })
  await open.stripe.customers.create({ name: 'Grace Brewster Hopper', email: 'grace@example.org', phone: '+1555' })
  await later(open)
  const names = async (query: string): Promise<(string | null | undefined)[]> =>
    (await open.stripe.customers.search({ query })).data.map(({ name }) => name?.split(' ')[0])
  return { ...open, names, [Symbol.asyncDispose]: open[Symbol.asyncDispose] }
}

describe('a search', () => {
  it('compares strings by words and by parts, tokens whole, none of them by case', async () => {
    await using open = await openPeople()
    expect(await open.names('name:"brewster hopper"')).toEqual(['Grace'])
    expect(await open.names('name:"grace hopper"')).toEqual([])
    expect(await open.names('name~"ACE"')).toEqual(['Grace', 'Ada'])
    expect(await open.names('email:"ADA@example.com"')).toEqual(['Ada'])
    expect(await open.names('metadata["tier"]:"gold"')).toEqual(['Ada'])
    expect(await open.names('metadata["tier"]:"gol"')).toEqual([])
  })

  it('negates, asks for presence, and joins', async () => {
    await using open = await openPeople()
    expect(await open.names('-email:"ada@example.com"')).toEqual(['Grace'])
    expect(await open.names('phone:null')).toEqual(['Ada'])
    expect(await open.names('-metadata["tier"]:null')).toEqual(['Ada'])
    expect(await open.names('name~"ada" OR name~"grace"')).toEqual(['Grace', 'Ada'])
    expect(await open.names('name~"ada" AND email~"example.org"')).toEqual([])
    expect(await open.names('created>0 created<=9999999999')).toEqual(['Grace', 'Ada'])
    expect(await open.names('created<1')).toEqual([])
  })

  it('finds nothing that was written just now, and what changed as it was', async () => {
    await using open = await openSimulator()
    const find = async (query: string) => (await open.stripe.customers.search({ query })).data
    const { id } = await open.stripe.customers.create({ email: 'old@example.com' })
    expect(await find('email~"example"')).toEqual([])
    await open.simulator.clock.advance({ seconds: 9 })
    expect(await find('email~"example"')).toEqual([])
    await open.simulator.clock.advance({ seconds: 1 })
    expect(await find('email~"example"')).toMatchObject([{ id }])
    await open.stripe.customers.update(id, { email: 'new@example.com' })
    expect(await find('email:"new@example.com"')).toEqual([])
    expect(await find('email:"old@example.com"')).toMatchObject([{ id, email: 'old@example.com' }])
    await later(open)
    expect(await find('email:"old@example.com"')).toEqual([])
    expect(await find('email:"new@example.com"')).toMatchObject([{ id }])
    await open.stripe.customers.del(id)
    expect(await find('email~"example"')).toEqual([])
  })

  it('lags as long as the settings say, over a restart too', async () => {
    await using open = await openSimulator({ settings: { searchLagSeconds: 0 } })
    const { id } = await open.stripe.products.create({ name: 'Growth plan' })
    expect((await open.stripe.products.search({ query: 'name~"growth"' })).data).toMatchObject([{ id }])
    await using slow = await openSimulator({ settings: { searchLagSeconds: 50 } })
    await slow.stripe.products.create({ name: 'Growth plan' })
    slow.simulator.restore(slow.simulator.snapshot())
    expect((await slow.stripe.products.search({ query: 'name~"growth"' })).data).toEqual([])
    await later(slow)
    expect((await slow.stripe.products.search({ query: 'name~"growth"' })).data).toHaveLength(1)
  })

  it('sees nothing of a request that was refused', async () => {
    await using open = await openSimulator()
    await failure(open.stripe.products.create({ name: 'Never', default_price_data: { currency: 'usd' } }))
    await later(open)
    expect((await open.stripe.products.search({ query: 'name:"Never"' })).data).toEqual([])
  })

  it('goes through pages, and counts where that is expanded', async () => {
    await using open = await openSimulator()
    for (let n = 1; n <= 5; n += 1) await open.stripe.products.create({ name: `Pack ${n}` })
    await later(open)
    const query = 'name:"Pack"'
    const first = await open.stripe.products.search({ query, limit: 2, expand: ['total_count'] })
    expect(first).toMatchObject({ object: 'search_result', has_more: true, total_count: 5, url: '/v1/products/search' })
    expect(first.next_page).toEqual(expect.any(String))
    expect(await open.stripe.products.search({ query, limit: 100 })).not.toHaveProperty('total_count')
    const names: string[] = []
    for await (const product of open.stripe.products.search({ query, limit: 2 })) names.push(product.name)
    expect(names).toEqual(['Pack 5', 'Pack 4', 'Pack 3', 'Pack 2', 'Pack 1'])
    const last = await open.stripe.products.search({ query, limit: 5 })
    expect(last).toMatchObject({ has_more: false, next_page: null })
    expect(await failure(open.stripe.products.search({ query, page: 'elsewhere' }))).toMatchObject({ param: 'page' })
    expect(await failure(open.stripe.products.search({ query, limit: 0 }))).toMatchObject({ param: 'limit' })
  })
})

describe('a bad search', () => {
  const refusal = async (query: string): Promise<Stripe.errors.StripeError> => {
    await using open = await openSimulator()
    return await failure(open.stripe.customers.search({ query }))
  }

  it('cannot be read, and is told how it could', async () => {
    expect(await refusal('asdf')).toMatchObject({
      statusCode: 400,
      type: 'StripeInvalidRequestError',
      message:
        'We were unable to parse your search query. Try using the format `metadata["key"]:"value"` to query for metadata or key:"value" to query for other fields.',
    })
  })

  it('names a field that the resource has not', async () => {
    expect((await refusal('foo:"bar"')).message).toBe(
      'Field `foo` is an unsupported search field for resource `customers`. See http://stripe.com/docs/search#query-fields-for-customers for a list of supported fields.',
    )
    expect((await refusal('metadata:"bar"')).message).toContain('Field `metadata` is an unsupported')
    expect((await refusal('email["x"]:"bar"')).message).toContain('Field `email` is an unsupported')
    expect((await refusal('toString:"bar"')).message).toContain('Field `toString` is an unsupported')
  })

  it('asks of a field what its kind has not', async () => {
    expect((await refusal('email>"a"')).message).toContain('Operator `>` is not supported for field `email`')
    expect((await refusal('created~"123"')).message).toContain('Operator `~` is not supported')
    expect((await refusal('metadata["a"]~"abc"')).message).toContain('Operator `~` is not supported')
    expect((await refusal('created>"soon"')).message).toContain('not a number')
    expect((await refusal('created>null')).message).toContain('null')
    expect((await refusal('email~"ab"')).message).toContain('at least 3')
    expect((await refusal('phone:1555')).message).toContain('quotation marks')
  })

  it('is missing', async () => {
    await using open = await openSimulator()
    const none = {} as Stripe.CustomerSearchParams
    expect(await failure(open.stripe.customers.search(none))).toMatchObject({
      code: 'parameter_missing',
      param: 'query',
    })
  })
})

describe('the resources', () => {
  it('have the fields that Stripe documents', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { product, pro } = await createCatalog(stripe)
    const { id: customer } = await createPayer(stripe)
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: pro.id }] })
    const [charge] = (await stripe.charges.list()).data
    await stripe.refunds.create({ charge: charge?.id ?? '', amount: 500 })
    await later(open)
    const ids = async (found: Promise<{ data: { id: string }[] }>) => (await found).data.map(({ id }) => id)
    const invoice = String(subscription.latest_invoice)
    expect(await ids(stripe.charges.search({ query: 'payment_method_details.card.last4:4242 amount:2000' }))).toEqual([
      charge?.id,
    ])
    expect(await ids(stripe.charges.search({ query: 'refunded:"false" disputed:"false"' }))).toEqual([charge?.id])
    expect(await ids(stripe.charges.search({ query: 'refunded:"true" OR refunded:null' }))).toEqual([])
    expect(await ids(stripe.invoices.search({ query: `subscription:"${subscription.id}" total>1000` }))).toEqual([
      invoice,
    ])
    expect(await ids(stripe.invoices.search({ query: 'status:"open"' }))).toEqual([])
    expect(await ids(stripe.paymentIntents.search({ query: `customer:"${customer}" -currency:"eur"` }))).toHaveLength(1)
    expect(
      await ids(stripe.prices.search({ query: `product:"${product.id}" active:"true" type:"recurring"` })),
    ).toHaveLength(3)
    expect(await ids(stripe.products.search({ query: 'active:"true" url:null shippable:null' }))).toEqual([product.id])
    expect(await ids(stripe.subscriptions.search({ query: 'status:"active" canceled_at:null' }))).toEqual([
      subscription.id,
    ])
  })

  it('are found by search only, whatever their names', async () => {
    await using open = await openSimulator()
    const found = await open.stripe.subscriptions.search({ query: 'status:"active"', expand: ['data.customer'] })
    expect(found).toMatchObject({ object: 'search_result', data: [], has_more: false, next_page: null })
    const wrong = open.stripe.subscriptions.search({ query: 'status:"active"', expand: ['customer'] })
    expect((await failure(wrong)).message).toContain('cannot be expanded')
  })
})
