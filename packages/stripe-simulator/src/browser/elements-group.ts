import type {
  PaymentMethod,
  StripeElements,
  StripeElementsOptions,
  StripeElementsUpdateOptions,
  StripeError,
  StripeExpressCheckoutElementOptions,
  StripePaymentElementOptions,
} from '@stripe/stripe-js'
import type { StripeBackend } from './backend.ts'
import { refOf } from './backend.ts'
import { createEmitter } from './element/emitter.ts'
import { createExpressElement, type ExpressParts } from './element/express-element.ts'
import { type Collected, createPaymentElement, type PaymentElementParts } from './element/payment-element.ts'
import { IntegrationError } from './integration-error.ts'

/** Options as Stripe.js keeps them: what was given first, and what `update` laid over it. */
export interface GroupOptions {
  readonly clientSecret?: string
  readonly customerSessionClientSecret?: string
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
  /** How that confirmation ended. */
  settle(error: StripeError | undefined): void
}

/** The elements that exist here. Stripe's others need Stripe. */
type ElementsHere = { payment: PaymentElementParts; expressCheckout: ExpressParts }
type Kind = keyof ElementsHere

type PaymentGroup = Pick<StripeElements, 'fetchUpdates' | 'submit'> & {
  create(type: string, options?: object): ElementsHere[Kind]['element']
  getElement(type: unknown): ElementsHere[Kind]['element'] | null
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

interface Due {
  readonly amount: number
  readonly currency: string
}

/** What a group has to know before its elements show: the intent it is about, the cards to show again. */
const createLoading = (backend: StripeBackend, options: () => GroupOptions) => {
  let saved: readonly PaymentMethod[] = []
  let due: Due | undefined
  const loadIntent = async (): Promise<StripeError | undefined> => {
    const ref = refOf(options().clientSecret ?? '')
    if (!ref) return undefined
    const { value, error } = await backend.retrieveIntent(ref)
    if (value?.object === 'payment_intent') due = value
    return error
  }
  const loadSaved = async (): Promise<StripeError | undefined> => {
    const secret = options().customerSessionClientSecret
    if (secret === undefined) return undefined
    const { value, error } = await backend.savedMethods(secret)
    saved = value ?? []
    return error
  }
  const dueNow = (): Due | undefined => {
    const { amount, currency } = options()
    return amount === undefined || currency === undefined ? due : { amount, currency }
  }
  return { due: dueNow, loadIntent, load: async () => (await loadIntent()) ?? loadSaved(), saved: () => saved }
}

interface Making {
  readonly options: () => GroupOptions
  readonly loading: ReturnType<typeof createLoading>
  readonly made: Partial<ElementsHere>
}

type Makers = { readonly [K in Kind]: (options: object) => ElementsHere[K] }

const makersOf = ({ options, loading, made }: Making): Makers => {
  const surroundings = () => ({ ...options(), saved: loading.saved() })
  return {
    payment: (elementOptions) =>
      createPaymentElement({
        options: elementOptions as StripePaymentElementOptions,
        ...{ surroundings, load: loading.load },
        onDestroy: () => delete made.payment,
      }),
    expressCheckout: (elementOptions) =>
      createExpressElement({
        options: elementOptions as StripeExpressCheckoutElementOptions,
        ...{ surroundings, due: loading.due, load: loading.loadIntent },
        onDestroy: () => delete made.expressCheckout,
      }),
  }
}

export const createGroup = (backend: StripeBackend, given: GroupOptions): GroupParts => {
  checkOptions(given)
  const emitter = createEmitter()
  let options = given
  const made: Partial<ElementsHere> = {}
  let submitted = false
  const loading = createLoading(backend, () => options)

  const current = (): PaymentElementParts => {
    if (made.payment) return made.payment
    throw new IntegrationError('This Elements group has no Payment Element: create and mount one first.')
  }
  const makers = makersOf({ options: () => options, loading, made })
  const group: PaymentGroup = {
    create: (type, elementOptions = {}) => {
      if (!(type in makers)) throw new IntegrationError(`The simulated Stripe.js has no ${type} element.`)
      const kind = type as Kind
      if (made[kind]) throw new IntegrationError(`Can only create one Element of type ${type} through elements().`)
      const parts = makers[kind](elementOptions)
      Object.assign(made, { [kind]: parts })
      return parts.element
    },
    getElement: (type) => made[typeOf(type) as Kind]?.element ?? null,
    update: async (changes) => {
      checkOptions({ ...options, ...(changes as GroupOptions) })
      options = { ...options, ...(changes as GroupOptions) }
      await Promise.resolve()
      for (const parts of Object.values(made)) parts.follow()
      emitter.emit('update-end')
    },
    submit: async () => {
      const express = made.expressCheckout?.card()
      const collected = express ? { method: express } : current().collect()
      if ('error' in collected) return collected
      submitted = true
      return { selectedPaymentMethod: express ? 'google_pay' : 'card' }
    },
    fetchUpdates: async () => {
      const error = await loading.loadIntent()
      return error ? { error: { message: error.message ?? '' } } : {}
    },
    on: (type, handler) => emitter.on(type, handler),
  }
  return {
    elements: group as unknown as StripeElements,
    options: () => options,
    collect: () => {
      if (options.clientSecret === undefined && !submitted) {
        throw new IntegrationError(
          'elements.submit() must be called before the card is confirmed or turned into a token.',
        )
      }
      const express = made.expressCheckout?.card()
      return express ? { method: express } : current().collect()
    },
    settle: (error) => {
      if (made.expressCheckout?.card()) made.expressCheckout.settle(error)
    },
  }
}
