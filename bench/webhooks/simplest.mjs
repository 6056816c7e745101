import mongoose from 'mongoose'
import { given, load, serve } from './serve.mjs'

const { default: express } = await load('express')
const { default: Stripe } = await load('stripe')

const writing = { writeConcern: { w: 'majority', journal: true } }
const { connection } = await mongoose.connect(given.uri, { dbName: given.dbName })
const events = connection.collection('events')
const subscriptions = connection.collection('subscriptions')
const stripe = new Stripe(given.secretKey)

if (given.index === 0) {
  await subscriptions.insertMany(given.customers.map(({ subscription }) => ({ _id: subscription, status: 'none' })))
}

const isNew = async ({ id }) => {
  try {
    await events.insertOne({ _id: id, at: new Date() }, writing)
    return true
  } catch (error) {
    if (/** @type {{ code?: number }} */ (error).code === 11000) return false
    throw error
  }
}

/** The handler of many a tutorial: verify, remember the id, believe what the event says. */
const receive = async (req, res) => {
  const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], given.webhookSecret)
  if (await isNew(event)) {
    const { id, status, items } = event.data.object
    const endsAt = new Date(items.data[0].current_period_end * 1_000)
    await subscriptions.updateOne({ _id: id }, { $set: { status, endsAt } }, writing)
  }
  res.json({ received: true })
}

await serve(express().post('/webhook', express.raw({ type: '*/*' }), receive), {
  path: '/webhook',
  close: () => mongoose.disconnect(),
})
