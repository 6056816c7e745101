import { cards } from '../journeys/stripe-page.ts'
import type { Stage, Way } from './way.ts'

const startsPurchase = async ({ alice }: Stage): Promise<string> => (await alice.startsPurchase('uses20')).paymentId

const pays = ({ ask }: Stage, paymentId: string) =>
  ask(`/v1/payment_intents/${paymentId}/confirm`, {
    payment_method: 'pm_card_visa',
    return_url: 'https://app.example.com',
  })

const buys = async (stage: Stage): Promise<string> => {
  const paymentId = await startsPurchase(stage)
  await stage.happens(() => pays(stage, paymentId))
  return paymentId
}

const card = { number: cards.works, expMonth: 12, expYear: 2034, cvc: '123' }

const startsCheckout = async ({ alice, stripe }: Stage): Promise<string> => {
  await alice.startsCheckout('starter')
  return stripe.objects('checkout.session')[0]?.id ?? ''
}

const paysCheckout = ({ stripe }: Stage, sessionId: string) =>
  stripe.core.payCheckoutSession(sessionId, { name: 'Alice Example', card })

export const ways: Readonly<Record<string, Way>> = {
  'a purchase': {
    begins: async (stage) => {
      const paymentId = await startsPurchase(stage)
      return () => pays(stage, paymentId)
    },
    tells: ['purchase.succeeded'],
    leaves: 23,
  },
  'a subscription that starts': {
    begins: async (stage) => {
      const sessionId = await startsCheckout(stage)
      return () => paysCheckout(stage, sessionId)
    },
    tells: ['subscription.activated', 'invoice.paid'],
    leaves: 103,
  },
  'a subscription that renews': {
    begins: async (stage) => {
      const sessionId = await startsCheckout(stage)
      await stage.happens(() => paysCheckout(stage, sessionId))
      return () => stage.stripe.clock.advance({ months: 1, hours: 2 })
    },
    tells: ['subscription.changed', 'invoice.paid'],
    leaves: 103,
  },
  'a refund': {
    begins: async (stage) => {
      const paymentId = await buys(stage)
      return () => stage.ask('/v1/refunds', { payment_intent: paymentId, amount: '250' })
    },
    tells: ['purchase.refunded'],
    leaves: 13,
  },
  'a dispute': {
    begins: async (stage) => {
      await buys(stage)
      const charge = stage.stripe.objects('charge')[0]?.id ?? ''
      return () => stage.stripe.core.raiseDispute(charge)
    },
    tells: ['dispute.opened'],
    leaves: 3,
  },
}
