import { readFileSync } from 'node:fs'
import type Stripe from 'stripe'
import { expect, it } from 'vitest'
import { createCatalog, createPayer, visa } from './support/catalog.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const { resources } = JSON.parse(readFileSync(new URL('../spec/fixtures3.subset.json', import.meta.url), 'utf8')) as {
  readonly resources: Readonly<Record<string, object>>
}

type Make = (open: OpenSimulator) => Promise<object | undefined>

const subscribed = async ({ stripe }: OpenSimulator): Promise<Stripe.Subscription> => {
  const { basic } = await createCatalog(stripe)
  const { id } = await createPayer(stripe)
  return stripe.subscriptions.create({ customer: id, items: [{ price: basic.id }] })
}

const pays = async ({ stripe }: OpenSimulator, payment_method: string): Promise<Stripe.PaymentIntent> =>
  stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    confirm: true,
    payment_method,
    return_url: 'https://example.com',
  })

const parts: Readonly<Record<string, Make>> = {
  balance_transaction: async (open) => {
    await pays(open, 'pm_card_visa')
    return (await open.stripe.balanceTransactions.list()).data[0]
  },
  'billing.meter': ({ stripe }) =>
    stripe.billing.meters.create({
      display_name: 'Calls',
      event_name: 'calls',
      default_aggregation: { formula: 'sum' },
    }),
  confirmation_token: ({ stripe }) => stripe.testHelpers.confirmationTokens.create({ payment_method: 'pm_card_visa' }),
  credit_note_line_item: async (open) => {
    const invoice = String((await subscribed(open)).latest_invoice)
    const note = await open.stripe.creditNotes.create({ invoice, amount: 100, credit_amount: 100 })
    return note.lines.data[0]
  },
  dispute: async (open) => {
    await pays(open, 'pm_card_createDispute')
    await open.simulator.clock.advance({ days: 1 })
    return (await open.stripe.disputes.list()).data[0]
  },
  invoiceitem: async ({ stripe }) => {
    const { id: customer } = await stripe.customers.create({})
    return stripe.invoiceItems.create({ customer, amount: -500, currency: 'usd' })
  },
  item: async ({ stripe, simulator }) => {
    const { pack } = await createCatalog(stripe)
    const line_items = [{ price: pack.id, quantity: 1 }]
    const { id } = await stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://example.com',
      line_items,
    })
    simulator.core.payCheckoutSession(id, { email: 'ada@example.com', card: visa })
    return (await stripe.checkout.sessions.listLineItems(id)).data[0]
  },
  line_item: async (open) => {
    const { latest_invoice } = await subscribed(open)
    return (await open.stripe.invoices.listLineItems(String(latest_invoice))).data[0]
  },
  payment_intent_amount_details_line_item: async ({ stripe }) => {
    const line_items = [{ product_name: 'Thing', quantity: 1, unit_cost: 500 }]
    const params = { amount: 500, currency: 'usd', amount_details: { line_items } }
    const { id } = await stripe.paymentIntents.create(params)
    return (await stripe.paymentIntents.listAmountDetailsLineItems(id)).data[0]
  },
  card: async ({ stripe }) => {
    const { source } = await stripe.charges.create({ amount: 500, currency: 'usd', source: 'tok_visa' })
    return source ?? undefined
  },
  subscription_item: async (open) => (await subscribed(open)).items.data[0],
  tax_id: async ({ stripe }) => {
    const { id } = await stripe.customers.create({})
    return stripe.customers.createTaxId(id, { type: 'eu_vat', value: 'DE123456789' })
  },
  tax_rate: ({ stripe }) => stripe.taxRates.create({ display_name: 'VAT', inclusive: false, percentage: 19 }),
  'test_helpers.test_clock': ({ stripe }) => stripe.testHelpers.testClocks.create({ frozen_time: 1_700_000_000 }),
  webhook_endpoint: async ({ stripe }) => {
    const url = 'https://example.com'
    const { id } = await stripe.webhookEndpoints.create({ url, enabled_events: ['price.created'] })
    return stripe.webhookEndpoints.retrieve(id)
  },
}

it.each(Object.entries(parts))('%s has the fields of Stripe’s own example', async (name, make) => {
  await using open = await openSimulator()
  const made = (await make(open)) ?? {}
  expect(Object.keys(resources[name] ?? {}).filter((field) => !(field in made))).toEqual([])
})
