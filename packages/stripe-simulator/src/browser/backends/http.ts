import type { StripeError } from '@stripe/stripe-js'
import type { Answer, CardMethod, Intent, IntentRef, StripeBackend } from '../backend.ts'
import { toForm } from './form.ts'

const pathOf = ({ kind, id }: IntentRef): string => `/v1/${kind}s/${encodeURIComponent(id)}`

const cardFields = ({ card, billing_details }: CardMethod): object => ({ type: 'card', card, billing_details })

const unreachable = (cause: unknown): StripeError => ({
  type: 'api_connection_error',
  message: `The simulated Stripe cannot be reached. Is it running? (${cause instanceof Error ? cause.message : 'no answer'})`,
})

/**
 * The backend that asks a Stripe simulator over HTTP, as a browser asks Stripe: with the publishable key and the
 * intent's client secret.
 *
 * @example
 * ```ts
 * const stripe = createSimulatedStripe({ backend: httpBackend('http://localhost:12111', 'pk_test_1') })
 * ```
 */
export const httpBackend = (baseUrl: string, publishableKey: string): StripeBackend => {
  const ask = async <T>(path: string, init: RequestInit): Promise<Answer<T>> => {
    try {
      const headers = { Authorization: `Bearer ${publishableKey}`, ...init.headers }
      const response = await fetch(new URL(path, baseUrl), { ...init, headers })
      const body: unknown = await response.json()
      return response.ok ? { value: body as T } : (body as { error: StripeError })
    } catch (cause) {
      return { error: unreachable(cause) }
    }
  }
  const post = <T>(path: string, fields: object): Promise<Answer<T>> =>
    ask(path, { method: 'POST', body: toForm(fields) })

  return {
    retrieveIntent: (ref) =>
      ask(`${pathOf(ref)}?client_secret=${encodeURIComponent(ref.clientSecret)}`, { method: 'GET' }),
    confirmIntent: (ref, { method, paymentMethodId, confirmationTokenId, returnUrl }) =>
      post<Intent>(`${pathOf(ref)}/confirm`, {
        client_secret: ref.clientSecret,
        use_stripe_sdk: 'true',
        return_url: returnUrl,
        payment_method: paymentMethodId,
        confirmation_token: confirmationTokenId,
        payment_method_data: method && cardFields(method),
      }),
    completeChallenge: async (ref, outcome) => {
      const path = `/_simulator/api/challenges/${encodeURIComponent(ref.id)}`
      const headers = { 'Content-Type': 'application/json' }
      const answer = await ask<unknown>(path, { method: 'POST', headers, body: JSON.stringify({ outcome }) })
      return answer.error ? answer : { value: null }
    },
    createPaymentMethod: (method) => post('/v1/payment_methods', cardFields(method)),
    createConfirmationToken: ({ method, returnUrl, setupFutureUsage }) =>
      post('/v1/confirmation_tokens', {
        payment_method_data: cardFields(method),
        return_url: returnUrl,
        setup_future_usage: setupFutureUsage,
      }),
  }
}
