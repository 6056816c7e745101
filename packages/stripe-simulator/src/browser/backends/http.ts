import type { PaymentMethod, StripeError } from '@stripe/stripe-js'
import type { Answer, CardMethod, Intent, IntentRef, PageChange, SessionRef, StripeBackend } from '../backend.ts'
import { toForm } from './form.ts'

const pathOf = ({ kind, id }: IntentRef): string => `/v1/${kind}s/${encodeURIComponent(id)}`

const cardFields = ({ card, billing_details }: CardMethod): object => ({ type: 'card', card, billing_details })

const pageOf = ({ id }: SessionRef): string => `/v1/payment_pages/${encodeURIComponent(id)}`

const withSecret = (path: string, secret: string): string => `${path}?client_secret=${encodeURIComponent(secret)}`

/** Null takes back what was said: the API reads an empty value so. */
const unsetting = (change: PageChange): object =>
  Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value === null ? '' : value]))

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
    retrieveIntent: (ref) => ask(withSecret(pathOf(ref), ref.clientSecret), { method: 'GET' }),
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
    createConfirmationToken: ({ method, paymentMethodId, returnUrl, setupFutureUsage }) =>
      post('/v1/confirmation_tokens', {
        payment_method: paymentMethodId,
        payment_method_data: method && cardFields(method),
        return_url: returnUrl,
        setup_future_usage: setupFutureUsage,
      }),
    savedMethods: async (secret) => {
      const path = withSecret('/v1/elements/payment_methods', secret)
      const answer = await ask<{ readonly data: PaymentMethod[] }>(path, { method: 'GET' })
      return answer.error ? answer : { value: answer.value.data }
    },
    retrievePage: (ref) => ask(withSecret(pageOf(ref), ref.clientSecret), { method: 'GET' }),
    changePage: (ref, change) => post(pageOf(ref), { client_secret: ref.clientSecret, ...unsetting(change) }),
    payPage: (ref, { method, paymentMethodId, savePaymentMethod, ...change }) =>
      post(`${pageOf(ref)}/confirm`, {
        client_secret: ref.clientSecret,
        ...unsetting(change),
        payment_method: paymentMethodId,
        payment_method_data: method && cardFields(method),
        save_payment_method: savePaymentMethod,
      }),
  }
}
