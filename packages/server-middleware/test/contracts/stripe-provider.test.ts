import { createStripeSimulator, type StripeSimulator } from '@paywright/stripe-simulator'
import { afterAll, beforeAll } from 'vitest'
import type { WebhookInput } from '../../src/domain/provider-call.ts'
import { stripeProvider } from '../../src/stripe/provider.ts'
import { openAnsweringServer, type SeenRequest } from '../answering-server.ts'
import { describeProvider } from './provider-contract.ts'
import type { ProviderWorld } from './provider-world.ts'

const card = { number: '4242424242424242', expMonth: 12, expYear: 2034, cvc: '123' }

let receiver: Awaited<ReturnType<typeof openAnsweringServer>>
let stripe: StripeSimulator

beforeAll(async () => {
  receiver = await openAnsweringServer(() => ({ body: { received: true } }))
  stripe = await createStripeSimulator({ webhooks: [{ url: receiver.url }] })
})

afterAll(async () => {
  await stripe.close()
  await receiver[Symbol.asyncDispose]()
})

/** An empty account each time. */
const open = async (): Promise<ProviderWorld> => {
  const { secretKey, publishableKey, webhookSecret } = stripe.keys
  return {
    provider: stripeProvider({ secretKey, publishableKey, webhookSecrets: [webhookSecret], apiBase: stripe.url }),
    methods: { works: 'pm_card_visa', isDeclined: 'pm_card_visa_chargeDeclined' },
    completes: async (id) => {
      const { status } = stripe.core.payCheckoutSession(id, { name: 'Ada Example', card })
      if (status !== 'complete') throw new Error(`The checkout ended ${status}.`)
    },
    webhookAbout: async (id) => {
      await stripe.settled()
      return arrival(receiver.requests, id)
    },
    [Symbol.asyncDispose]: async () => {
      await stripe.settled()
      receiver.requests.length = 0
      stripe.reset()
    },
  }
}

const arrival = (requests: readonly SeenRequest[], objectId: string): WebhookInput => {
  const found = requests.find(({ body }) => isAbout(JSON.parse(body), objectId))
  if (!found) throw new Error(`No webhook about ${objectId} has come.`)
  return { payload: new TextEncoder().encode(found.body), headers: found.headers as WebhookInput['headers'] }
}

type Sent = { type: string; data: { object: { id: string } } }

/** The news of a payment that was made; the one of its creation means nothing here. */
const isAbout = ({ type, data }: Sent, objectId: string): boolean =>
  type === 'payment_intent.succeeded' && data.object.id === objectId

describeProvider('Stripe', open)
