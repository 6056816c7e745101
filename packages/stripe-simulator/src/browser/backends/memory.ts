import type { PaymentIntent, SetupIntent, StripeError } from '@stripe/stripe-js'
import type { Answer, Intent, IntentRef, StripeBackend } from '../backend.ts'
import { memoryBank } from './memory-bank.ts'
import { memoryCheckout } from './memory-checkout.ts'
import { errorOf, type PaymentTerms } from './memory-intents.ts'
import type { CheckoutTerms } from './memory-pages.ts'
import { memoryStore } from './memory-store.ts'

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
  /** A customer with cards that they have used before, by number; the first is the newest. */
  openCustomerSession(numbers: readonly string[]): { readonly client_secret: string }
  /** A session to be paid with elements. */
  openCheckoutSession(terms: CheckoutTerms): { readonly id: string; readonly client_secret: string }
}

const missing = ({ kind, id }: IntentRef): StripeError => ({
  type: 'invalid_request_error',
  code: 'resource_missing',
  message: `No such ${kind}: '${id}'`,
})

const unknown = (what: string): { readonly error: StripeError } => ({
  error: { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${what}` },
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
  const store = memoryStore((intent) => scenario.onIntentChange?.(intent))
  const bank = memoryBank(store, () => scenario.challengeUrl)
  const checkout = memoryCheckout({
    birth: store.birth,
    find: store.byId,
    errorOf,
    pay: ({ session }, payment) => {
      const { currency, total } = session
      const intent = bank.openPayment({ amount: total.total.minorUnitsAmount, currency })
      return bank.confirm(intent, bank.paidWith(payment) ?? '')
    },
  })
  const answer = async <T>(make: () => Answer<T>): Promise<Answer<T>> => {
    await new Promise((resolve) => setTimeout(resolve, scenario.latencyMs ?? 0))
    return scenario.offline ? { error: offline } : make()
  }
  const withIntent = <T>(ref: IntentRef, then: (intent: Intent) => Answer<T>): Promise<Answer<T>> =>
    answer(() => {
      const intent = store.find(ref)
      return intent ? then(intent) : { error: missing(ref) }
    })
  const found = <T>(value: T | undefined, what: string): Answer<T> => (value === undefined ? unknown(what) : { value })

  return {
    retrieveIntent: (ref) => withIntent(ref, (value) => ({ value })),
    confirmIntent: (ref, confirmation) =>
      withIntent(ref, (intent) => {
        const number = bank.paidWith(confirmation)
        if (intent.status !== 'requires_payment_method' || number === undefined) return { error: errorOf(intent) }
        return answerOf(bank.confirm(intent, number, confirmation.returnUrl))
      }),
    completeChallenge: (ref, outcome) =>
      withIntent(ref, (intent) => {
        if (intent.status !== 'requires_action') return { error: errorOf(intent) }
        bank.answerBank(intent, outcome)
        return { value: null }
      }),
    createPaymentMethod: (method) => answer(() => ({ value: bank.makeMethod(method) })),
    createConfirmationToken: (request) => answer(() => found(bank.makeToken(request), 'payment_method')),
    savedMethods: (secret) => answer(() => found(bank.savedBy(secret), 'customer_session')),
    retrievePage: (ref) => answer(() => found(checkout.look(ref), 'checkout.session')),
    changePage: (ref, change) => answer(() => checkout.change(ref, change)),
    payPage: (ref, payment) => answer(() => checkout.payPage(ref, payment)),
    openPaymentIntent: bank.openPayment,
    openSetupIntent: bank.openSetup,
    openCustomerSession: bank.openCustomer,
    openCheckoutSession: checkout.open,
  }
}
