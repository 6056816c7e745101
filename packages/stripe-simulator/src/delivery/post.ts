import type { StripeEvent, WebhookEndpoint } from '../domain/objects/account.ts'
import type { Attempt } from './delivery.ts'
import { signatureHeader } from './sign.ts'

const patienceMs = 20_000

/** One attempt: signed now, answered or not. A redirect is no answer. */
export const postEvent = async (event: StripeEvent, endpoint: WebhookEndpoint): Promise<Attempt> => {
  const at = Date.now()
  const body = JSON.stringify(event, null, 2)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    'stripe-signature': signatureHeader(body, endpoint.$secret, Math.floor(at / 1000)),
  }
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const response = await fetch(endpoint.url, { method: 'POST', headers, body, redirect: 'manual', signal })
    await response.arrayBuffer()
    return { at, status: response.status, ms: Date.now() - at }
  } catch {
    return { at, status: 0, ms: Date.now() - at }
  }
}
