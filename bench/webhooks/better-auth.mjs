import { stripe as stripePlugin } from '@better-auth/stripe'
import { betterAuth } from 'better-auth'
import { mongodbAdapter } from 'better-auth/adapters/mongodb'
import { toNodeHandler } from 'better-auth/node'
import mongoose from 'mongoose'
import { given, load, serve } from './serve.mjs'

const { default: Stripe } = await load('stripe')

const { connection } = await mongoose.connect(given.uri, {
  dbName: given.dbName,
  w: 'majority',
  journal: true,
})
const db = connection.getClient().db(given.dbName)

const auth = betterAuth({
  baseURL: 'http://127.0.0.1',
  secret: 'a-secret-of-the-bench-that-is-long-enough',
  database: mongodbAdapter(db, { transaction: false }),
  logger: { disabled: true },
  rateLimit: { enabled: false },
  plugins: [
    stripePlugin({
      stripeClient: new Stripe(given.secretKey),
      stripeWebhookSecret: given.webhookSecret,
      subscription: { enabled: true, plans: [{ name: 'pro', priceId: given.priceId }] },
    }),
  ],
})

if (given.index === 0) {
  const rows = given.customers.map(({ customer, subscription }) => ({
    plan: 'pro',
    referenceId: customer,
    stripeCustomerId: customer,
    stripeSubscriptionId: subscription,
    status: 'incomplete',
  }))
  await db.collection('subscription').insertMany(rows)
  // As its own migration would make it.
  await db.collection('subscription').createIndex({ stripeSubscriptionId: 1 })
}

await serve(toNodeHandler(auth), { path: '/api/auth/stripe/webhook', close: () => mongoose.disconnect() })
