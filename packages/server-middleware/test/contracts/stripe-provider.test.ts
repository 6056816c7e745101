import { createStripeSimulator } from '@paywright/stripe-simulator'
import type { WebhookInput } from '../../src/domain/provider-call.ts'
import { stripeProvider } from '../../src/stripe/provider.ts'
import { openAnsweringServer, type SeenRequest } from '../answering-server.ts'
import { describeProvider } from './provider-contract.ts'
import type { ProviderWorld } from './provider-world.ts'

const card = { number: '4242424242424242', expMonth: 12, expYear: 2034, cvc: '123' }

const open = async (): Promise<ProviderWorld> => {
  const receiver = await openAnsweringServer(() => ({ body: { received: true } }))
  const stripe = await createStripeSimulator({ webhooks: [{ url: receiver.url }] })
  const { secretKey, publishableKey, webhookSecret } = stripe.keys
  return {
    provider: stripeProvider({ secretKey, publishableKey, webhookSecrets: [webhookSecret], apiBase: stripe.url }),
    methods: { works: 'pm_card_visa', isDeclined: 'pm_card_visa_chargeDeclined' },
    completes: async (id) => {
      const { status } = stripe.core.payCheckoutSession(id, { name: 'Ada Example', card })
      if (status !== 'complete') throw new Error(`The checkout ended ${status}.`)
    },
    webhookAbout: (id) => arrival(receiver.requests, id),
    [Symbol.asyncDispose]: async () => {
      await stripe.close()
      await receiver[Symbol.asyncDispose]()
    },
  }
}

const arrival = async (requests: readonly SeenRequest[], objectId: string): Promise<WebhookInput> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = requests.find(({ body }) => isAbout(JSON.parse(body), objectId))
    if (found)
      return { payload: new TextEncoder().encode(found.body), headers: found.headers as WebhookInput['headers'] }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`No webhook about ${objectId} has come.`)
}

type Sent = { type: string; data: { object: { id: string } } }

/** The news of a payment that was made; the one of its creation means nothing here. */
const isAbout = ({ type, data }: Sent, objectId: string): boolean =>
  type === 'payment_intent.succeeded' && data.object.id === objectId

describeProvider('Stripe', open)
