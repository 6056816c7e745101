import type { Stripe, StripeCheckoutElementsSdkOptions, StripeElements } from '@stripe/stripe-js'
import type { StripeBackend } from './backend.ts'
import { initCheckoutElementsSdk } from './checkout/elements-sdk.ts'
import { embeddedPages } from './checkout/embedded-page.ts'
import { type ConfirmInput, confirmIntent } from './confirm/confirm-intent.ts'
import type { Surroundings } from './confirm/follow-action.ts'
import { confirmCardPayment, handleNextAction, retrieveIntent } from './confirm/known-intent.ts'
import { inStripesWords } from './confirm/stripes-words.ts'
import { createGroup, type GroupOptions, type GroupParts } from './elements-group.ts'
import { IntegrationError } from './integration-error.ts'
import { createConfirmationToken, createPaymentMethod, type TokenInput } from './make-method.ts'

export interface SimulatedStripeInput {
  readonly backend: StripeBackend
  /** `pk_test_…`. Any other key is refused: here no money moves. */
  readonly publishableKey: string
  /** An IETF tag; German is spoken, everything else reads English. Default: the browser's language. */
  readonly locale?: string
  /** How the page is left for another. Default `location.assign`. */
  readonly navigate?: (url: string) => void
}

type FromPage<T> = Omit<T, 'group' | 'kind'> & { readonly elements?: StripeElements }

const checkKey = (publishableKey: string): void => {
  if (publishableKey.startsWith('pk_test_')) return
  throw new IntegrationError('The simulated Stripe.js takes a test publishable key, pk_test_…, and no other.')
}

/**
 * Stripe.js without Stripe: what `<Elements>`, `<PaymentElement>` and `useStripe` need, driven by the number of the
 * card. What it does not simulate is absent, so that using it fails at once.
 *
 * @throws IntegrationError for what Stripe.js throws: a wrong key, a second element, a confirmation before `submit()`.
 *   Declines and network failures are never thrown; they resolve as `{ error }`.
 * @example
 * ```tsx
 * const stripe = createSimulatedStripe({ backend: memoryBackend(), publishableKey: 'pk_test_story' })
 * <Elements stripe={stripe} options={{ mode: 'payment', amount: 500, currency: 'usd' }}>…</Elements>
 * ```
 */
export const createSimulatedStripe = (input: SimulatedStripeInput): Stripe => {
  checkKey(input.publishableKey)
  const { backend, locale, navigate = (url: string) => window.location.assign(url) } = input
  const around: Surroundings = { backend, locale, navigate }
  const groups = new WeakMap<StripeElements, GroupParts>()

  const groupOf = (elements: StripeElements | undefined): GroupParts | undefined => {
    const group = elements && groups.get(elements)
    if (elements && !group) throw new IntegrationError('These elements were made by another Stripe.js.')
    return group
  }
  const confirm = async (kind: ConfirmInput['kind'], { elements, ...options }: FromPage<ConfirmInput>) =>
    inStripesWords(kind, await confirmIntent({ ...options, kind, group: groupOf(elements) }, around))

  const verbs = {
    elements: (options: GroupOptions = {}): StripeElements => {
      const group = createGroup(backend, { ...(locale === undefined ? {} : { locale }), ...options })
      groups.set(group.elements, group)
      return group.elements
    },
    confirmPayment: (options: FromPage<ConfirmInput>) => confirm('payment_intent', options),
    confirmSetup: (options: FromPage<ConfirmInput>) => confirm('setup_intent', options),
    confirmCardPayment: confirmCardPayment(around),
    handleNextAction: handleNextAction(around),
    retrievePaymentIntent: retrieveIntent(around, 'payment_intent'),
    retrieveSetupIntent: retrieveIntent(around, 'setup_intent'),
    createConfirmationToken: async ({ elements, ...options }: FromPage<TokenInput>) =>
      createConfirmationToken(backend, { ...options, group: groupOf(elements) }),
    createPaymentMethod: async ({ elements, ...options }: FromPage<TokenInput>) =>
      createPaymentMethod(backend, { ...options, group: groupOf(elements) }),
    createToken: async () => {
      throw new IntegrationError('createToken needs a Card Element. Use createPaymentMethod or a confirmation token.')
    },
    createEmbeddedCheckoutPage: embeddedPages(around),
    initCheckoutElementsSdk: (options: StripeCheckoutElementsSdkOptions) => initCheckoutElementsSdk(around, options),
    registerAppInfo: () => undefined,
  }
  return verbs as unknown as Stripe
}
