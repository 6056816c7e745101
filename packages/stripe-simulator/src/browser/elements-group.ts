import type {
  StripeElements,
  StripeElementsOptions,
  StripeElementsUpdateOptions,
  StripeError,
  StripePaymentElement,
  StripePaymentElementOptions,
} from '@stripe/stripe-js'
import type { StripeBackend } from './backend.ts'
import { refOf } from './backend.ts'
import { createEmitter } from './element/emitter.ts'
import { type Collected, createPaymentElement, type PaymentElementParts } from './element/payment-element.ts'
import { IntegrationError } from './integration-error.ts'

/** Options as Stripe.js keeps them: what was given first, and what `update` laid over it. */
export interface GroupOptions {
  readonly clientSecret?: string
  readonly mode?: 'payment' | 'setup' | 'subscription'
  readonly amount?: number
  readonly currency?: string
  readonly setupFutureUsage?: 'off_session' | 'on_session' | null
  readonly locale?: string
  readonly appearance?: NonNullable<StripeElementsOptions['appearance']>
  readonly paymentMethodCreation?: 'manual'
}

/** The group that a page gets, and what `confirmPayment` and its kin need of it. */
export interface GroupParts {
  readonly elements: StripeElements
  options(): GroupOptions
  /** The card, for one confirmation. A deferred group has to be submitted before. */
  collect(): Collected
}

/** The elements that exist here. Stripe's others need Stripe. */
type PaymentGroup = Pick<StripeElements, 'fetchUpdates' | 'submit'> & {
  create(type: string, options?: StripePaymentElementOptions): StripePaymentElement
  getElement(type: unknown): StripePaymentElement | null
  update(options: StripeElementsUpdateOptions): Promise<void>
  on(type: 'update-end', handler: () => void): void
}

const checkOptions = ({ clientSecret, mode, amount, currency }: GroupOptions): void => {
  if (clientSecret !== undefined) {
    if (refOf(clientSecret)) return
    throw new IntegrationError('Invalid value for elements(): clientSecret should be a client secret of an intent.')
  }
  if (mode === undefined || mode === 'setup') return
  if (typeof currency !== 'string') throw new IntegrationError('elements(): `currency` is required in this mode.')
  const least = mode === 'payment' ? 1 : 0
  if (Number.isSafeInteger(amount) && Number(amount) >= least) return
  throw new IntegrationError(`elements(): \`amount\` has to be an integer of at least ${least}, in minor units.`)
}

/** React hands in a component; the type that it stands for is on it. */
const typeOf = (type: unknown): unknown =>
  typeof type === 'function' && '__elementType' in type ? type.__elementType : type

export const createGroup = (backend: StripeBackend, given: GroupOptions): GroupParts => {
  checkOptions(given)
  const emitter = createEmitter()
  let options = given
  let payment: PaymentElementParts | undefined
  let submitted = false

  const load = async (): Promise<StripeError | undefined> => {
    const ref = refOf(options.clientSecret ?? '')
    return ref ? (await backend.retrieveIntent(ref)).error : undefined
  }
  const current = (): PaymentElementParts => {
    if (payment) return payment
    throw new IntegrationError('This Elements group has no Payment Element: create and mount one first.')
  }
  const group: PaymentGroup = {
    create: (type, elementOptions = {}) => {
      if (type !== 'payment') throw new IntegrationError(`The simulated Stripe.js has no ${type} element.`)
      if (payment) throw new IntegrationError('Can only create one Element of type payment through elements().')
      payment = createPaymentElement({
        options: elementOptions,
        surroundings: () => options,
        load,
        onDestroy: () => {
          payment = undefined
        },
      })
      return payment.element
    },
    getElement: (type) => (typeOf(type) === 'payment' ? (payment?.element ?? null) : null),
    update: async (changes) => {
      checkOptions({ ...options, ...(changes as GroupOptions) })
      options = { ...options, ...(changes as GroupOptions) }
      await Promise.resolve()
      payment?.follow()
      emitter.emit('update-end')
    },
    submit: async () => {
      const collected = current().collect()
      if ('error' in collected) return collected
      submitted = true
      return { selectedPaymentMethod: 'card' }
    },
    fetchUpdates: async () => {
      const error = await load()
      return error ? { error: { message: error.message ?? '' } } : {}
    },
    on: (type, handler) => emitter.on(type, handler),
  }
  return {
    elements: group as StripeElements,
    options: () => options,
    collect: () => {
      if (options.clientSecret === undefined && !submitted) {
        throw new IntegrationError(
          'elements.submit() must be called before the card is confirmed or turned into a token.',
        )
      }
      return current().collect()
    },
  }
}
