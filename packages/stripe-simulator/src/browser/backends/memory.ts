import type { PaymentIntent, SetupIntent, StripeError } from '@stripe/stripe-js'
import type { Answer, Confirmation, Intent, IntentRef, StripeBackend } from '../backend.ts'
import { errorOf, freshPaymentIntent, freshSetupIntent, type PaymentTerms, unauthenticated } from './memory-intents.ts'
import { freshConfirmationToken, freshPaymentMethod } from './memory-methods.ts'
import { attempted, memoryStore } from './memory-store.ts'

/** How the world behaves. It is read again on every call: change it as the story goes on. */
export interface MemoryScenario {
  /** Milliseconds that each answer takes. Default 0. */
  latencyMs?: number
  /** The network is gone: every answer is `api_connection_error`. */
  offline?: boolean
  /** Where a challenge is; without it, it is asked in a dialog. */
  challengeUrl?: string
  /** Hears of every intent that changes, as a server does by webhook. */
  onIntentChange?: (intent: Intent) => void
}

export interface MemoryBackend extends StripeBackend {
  /** What a server does with its secret key. With the number of a `savedCard` it also confirms. */
  openPaymentIntent(terms: PaymentTerms & { readonly savedCard?: string }): PaymentIntent
  openSetupIntent(): SetupIntent
}

const missing = ({ kind, id }: IntentRef): StripeError => ({
  type: 'invalid_request_error',
  code: 'resource_missing',
  message: `No such ${kind}: '${id}'`,
})

const offline: StripeError = { type: 'api_connection_error', message: 'The network is gone. Try again.' }

const answerOf = (intent: Intent): Answer<Intent> =>
  intent.status === 'requires_payment_method' ? { error: errorOf(intent) } : { value: intent }

/**
 * Stripe without a network, driven by the number of the card as Stripe's test mode is: for stories and tests.
 *
 * @example
 * ```ts
 * const backend = memoryBackend({ onIntentChange: (intent) => intent.status === 'succeeded' && grantCredits() })
 * const stripe = createSimulatedStripe({ backend, publishableKey: 'pk_test_story' })
 * const { client_secret } = backend.openPaymentIntent({ amount: 500, currency: 'usd' })
 * ```
 */
export const memoryBackend = (scenario: MemoryScenario = {}): MemoryBackend => {
  const { birth, keep, find, keepNumber, numberOf } = memoryStore((intent) => scenario.onIntentChange?.(intent))

  const answer = async <T>(make: () => Answer<T>): Promise<Answer<T>> => {
    await new Promise((resolve) => setTimeout(resolve, scenario.latencyMs ?? 0))
    return scenario.offline ? { error: offline } : make()
  }
  const withIntent = <T>(ref: IntentRef, then: (intent: Intent) => Answer<T>): Promise<Answer<T>> =>
    answer(() => {
      const intent = find(ref)
      return intent ? then(intent) : { error: missing(ref) }
    })
  const actionFor = (returnUrl?: string): PaymentIntent.NextAction =>
    scenario.challengeUrl === undefined
      ? { type: 'use_stripe_sdk', use_stripe_sdk: {} }
      : { type: 'redirect_to_url', redirect_to_url: { url: scenario.challengeUrl, return_url: returnUrl ?? null } }
  const confirm = <I extends Intent>(intent: I, number: string, returnUrl?: string): I => {
    const { id } = keepNumber(birth('pm'), number)
    return keep(attempted(intent, { number, paymentMethod: id, action: actionFor(returnUrl) }))
  }
  const challenged = (intent: Intent): Intent => {
    const paymentMethod = String(intent.payment_method)
    const number = numberOf(paymentMethod) ?? ''
    return attempted(intent, { number, paymentMethod, action: actionFor(), authenticated: true })
  }
  const paidWith = ({ method, paymentMethodId, confirmationTokenId }: Confirmation): string | undefined =>
    method?.card.number ?? numberOf(paymentMethodId ?? confirmationTokenId ?? '')

  return {
    retrieveIntent: (ref) => withIntent(ref, (value) => ({ value })),
    confirmIntent: (ref, confirmation) =>
      withIntent(ref, (intent) => {
        const number = paidWith(confirmation)
        if (intent.status !== 'requires_payment_method' || number === undefined) return { error: errorOf(intent) }
        return answerOf(confirm(intent, number, confirmation.returnUrl))
      }),
    completeChallenge: (ref, outcome) =>
      withIntent(ref, (intent) => {
        if (intent.status !== 'requires_action') return { error: errorOf(intent) }
        keep(outcome === 'fail' ? unauthenticated(intent) : challenged(intent))
        return { value: null }
      }),
    createPaymentMethod: (method) =>
      answer(() => ({ value: keepNumber(freshPaymentMethod(birth('pm'), method), method.card.number) })),
    createConfirmationToken: (request) =>
      answer(() => ({
        value: keepNumber(freshConfirmationToken(birth('ctoken'), request), request.method.card.number),
      })),
    openPaymentIntent: ({ savedCard, ...terms }) => {
      const intent = keep(freshPaymentIntent(birth('pi'), terms))
      return savedCard === undefined ? intent : confirm(intent, savedCard)
    },
    openSetupIntent: () => keep(freshSetupIntent(birth('seti'))),
  }
}
