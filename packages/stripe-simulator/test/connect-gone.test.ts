import { expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { as, booked, openConnected } from './support/connect.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

it('the life of an account that is disconnected goes on, without the platform', async () => {
  await using open = await openSimulator()
  const { stripe, simulator } = open
  const account = await openConnected(open)
  const product = await stripe.products.create({ name: 'Bread' }, as(account))
  const recurring = { interval: 'month' } as const
  const terms = { product: product.id, currency: 'usd', unit_amount: 1000, recurring }
  const price = await stripe.prices.create(terms, as(account))
  const { id: customer } = await stripe.customers.create({}, as(account))
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer }, as(account))
  await stripe.subscriptions.create(
    { customer, items: [{ price: price.id }], default_payment_method: method.id },
    as(account),
  )
  simulator.core.disconnectAccount(account)
  await simulator.clock.advance({ months: 1, hours: 2 })
  expect(await failure(stripe.accounts.retrieve(account))).toMatchObject({ code: 'account_invalid' })
  const { accounts } = simulator.snapshot()
  expect(accounts?.[account]?.invoice?.map(({ status }) => status)).toEqual(['paid', 'paid'])
})

it('what was to go to an account that is gone stays with the platform', async () => {
  await using open = await openSimulator()
  const { stripe, simulator } = open
  const account = await openConnected(open)
  const { basic } = await createCatalog(stripe)
  const payer = await createPayer(stripe)
  const transfer_data = { destination: account }
  const subscription = { customer: payer.id, items: [{ price: basic.id }], transfer_data }
  await stripe.subscriptions.create(subscription)
  simulator.core.disconnectAccount(account)
  await simulator.clock.advance({ months: 1, hours: 2 })
  expect((await booked(stripe)).map(([type]) => type)).toEqual(['charge', 'transfer', 'charge'])
  expect(await failure(stripe.subscriptions.create(subscription))).toMatchObject({
    code: 'resource_missing',
    param: 'transfer_data[destination]',
  })
})
