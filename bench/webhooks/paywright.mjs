import mongoose from 'mongoose'
import { given, load, serve } from './serve.mjs'

const { default: express } = await load('express')
/** @type {typeof import('@paywright/server-middleware')} */
const { createBilling, defineCatalog, mongoStore, stripeProvider } = await load('@paywright/server-middleware')

let fetches = 0
const silent = () => undefined
const info = ({ method, path }, event) => {
  if (event === 'stripe_request' && method === 'GET' && path.startsWith('/v1/subscriptions/')) fetches += 1
}

const { connection } = await mongoose.connect(given.uri, { dbName: given.dbName })
const { secretKey, publishableKey, apiBase, webhookSecret } = given
const store = mongoStore({ connection })
const billing = createBilling({
  provider: stripeProvider({ secretKey, publishableKey, apiBase, webhookSecrets: [webhookSecret] }),
  store,
  catalog: defineCatalog({
    currency: 'usd',
    freePlan: 'free',
    plans: { free: { name: 'Free' }, pro: { name: 'Pro', month: 2_900 } },
    packs: {},
  }),
  identify: () => null,
  trustedOrigins: ['http://localhost'],
  webhooks: { mode: given.mode },
  logger: { info, warn: silent, error: silent },
})

const link = async ({ customer }, index) => {
  const account = await store.accounts.ensure({ accountId: `account-${index}`, email: null, name: null }, new Date())
  await store.accounts.linkCustomer(account.ref, customer)
}

if (given.index === 0) {
  await billing.migrate()
  await Promise.all(given.customers.map(link))
}
billing.worker.start()
await serve(express().use('/billing', billing.router), {
  path: '/billing/webhook',
  fetches: () => fetches,
  close: async () => {
    await billing.worker.stop()
    await billing.close()
    await mongoose.disconnect()
  },
})
