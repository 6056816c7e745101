import { expect } from 'vitest'
import type { Actor } from './actor.ts'
import type { World } from './world.ts'

export type Bought = { world: World; alice: Actor; paymentId: string }

/** Alice has bought a pack in the page, with this card. */
export const buys = async (world: World, card = 'pm_card_visa', packId?: string): Promise<Bought> => {
  const alice = world.signIn('alice')
  const { paymentId } = await alice.startsPurchase(packId)
  await inDashboard(world, `/v1/payment_intents/${paymentId}/confirm`, {
    payment_method: card,
    return_url: 'https://example.com',
  })
  await world.stripe.settled()
  return { world, alice, paymentId }
}

/** What somebody does in Stripe's dashboard. */
const inDashboard = async ({ stripe: { url, keys } }: World, path: string, fields: Record<string, string>) => {
  const headers = { authorization: `Bearer ${keys.secretKey}` }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) })
  expect(response.status).toBe(200)
}

export const refunds = async ({ world, paymentId }: Pick<Bought, 'world' | 'paymentId'>, amount: number) => {
  await inDashboard(world, '/v1/refunds', { payment_intent: paymentId, amount: String(amount) })
  await world.stripe.settled()
}

export const disputes = async ({ world }: Pick<Bought, 'world'>, outcome?: 'won' | 'lost') => {
  const [charge] = world.stripe.objects('charge')
  const dispute = world.stripe.core.raiseDispute(charge?.id ?? '')
  if (outcome) world.stripe.core.decideDispute(dispute.id, outcome)
  await world.stripe.settled()
  return dispute.id
}

export const decides = async ({ world }: Pick<Bought, 'world'>, disputeId: string, outcome: 'won' | 'lost') => {
  world.stripe.core.decideDispute(disputeId, outcome)
  await world.stripe.settled()
}
