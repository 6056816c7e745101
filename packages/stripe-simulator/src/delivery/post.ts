import type { StripeEvent, WebhookEndpoint } from '../domain/objects/account.ts'
import type { Store } from '../store/store.ts'
import { bodyFor, markDelivered } from './address.ts'
import { type Attempt, succeeded } from './delivery.ts'
import { secretsOf, signatureHeader } from './sign.ts'

const patienceMs = 20_000

export interface PostParts {
  readonly store: Store
  /** Simulated time, in seconds: it decides which secrets are still good. */
  readonly now: () => number
}

const answerOf = async (url: string, init: RequestInit): Promise<number> => {
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const response = await fetch(url, { method: 'POST', redirect: 'manual', signal, ...init })
    await response.arrayBuffer()
    return response.status
  } catch {
    return 0
  }
}

/** One attempt: signed now, answered or not. A redirect is no answer. */
export const postEvent = async (
  { store, now }: PostParts,
  event: StripeEvent,
  endpoint: WebhookEndpoint,
): Promise<Attempt> => {
  const at = Date.now()
  const body = bodyFor(store, event, endpoint)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    'stripe-signature': signatureHeader(body, secretsOf(endpoint, now()), Math.floor(at / 1000)),
  }
  const status = await answerOf(endpoint.url, { headers, body })
  const attempt = { at, status, ms: Date.now() - at }
  if (succeeded(attempt)) markDelivered(store, event.id, endpoint.id)
  return attempt
}
