import type { StripeError, StripePaymentElement, StripePaymentElementOptions } from '@stripe/stripe-js'
import type { CardMethod } from '../backend.ts'
import { problemsOf } from '../card/validate.ts'
import { IntegrationError } from '../integration-error.ts'
import { methodOf } from './card-change.ts'
import type { CardForm } from './card-form.ts'
import { createEmitter } from './emitter.ts'
import { createFormHost, type Surroundings } from './form-host.ts'
import { messagesFor } from './language.ts'
import { createElement } from './shell.ts'

export interface PaymentElementInput {
  readonly options: StripePaymentElementOptions
  readonly surroundings: () => Surroundings
  /** Resolves when the element may show, with the error if it may not. */
  readonly load: () => Promise<StripeError | undefined>
  readonly onDestroy: () => void
  /** Hears whether the form could be sent. */
  readonly onChange?: () => void
}

/** A card from the form, or a saved one; or the error that the form now shows. */
export type Collected =
  | { readonly method: CardMethod }
  | { readonly paymentMethodId: string }
  | { readonly error: StripeError }

/** The element that a page gets, and what its group needs of it. */
export interface PaymentElementParts {
  readonly element: StripePaymentElement
  /** Follows a change of the group's options. */
  follow(): void
  isComplete(): boolean
  saves(): boolean | undefined
  collect(): Collected
}

const isComplete = (form: CardForm | undefined): boolean =>
  form !== undefined && (form.chosen() !== undefined || problemsOf(form.values(), new Date()).size === 0)

const collectFrom = (form: CardForm | undefined, locale: string | undefined): Collected => {
  if (!form) throw new IntegrationError('The Payment Element is not mounted, or not ready yet: wait for `ready`.')
  const saved = form.chosen()
  if (saved) return { paymentMethodId: saved.id }
  const [code] = problemsOf(form.values(), new Date()).values()
  form.refuse()
  if (code === undefined) return { method: methodOf(form.values()) }
  return { error: { type: 'validation_error', code, message: messagesFor(locale).problems[code] } }
}

const elementType = 'payment'

/** A Payment Element with the card as its one method, in the page instead of an iframe. */
export const createPaymentElement = (input: PaymentElementInput): PaymentElementParts => {
  const { load, onDestroy, onChange = () => undefined } = input
  const emitter = createEmitter()
  const host = createFormHost({
    ...input,
    emit: (type, event) => {
      if (type === 'change') onChange()
      emitter.emit(type, event)
    },
  })
  const onReady = (): void => {
    emitter.emit('ready', { elementType })
    emitter.emit('availablepaymentmethodschange', { elementType, paymentMethods: { card: { available: true } } })
    const isChosen = host.form()?.chosen() !== undefined
    if (isChosen) host.tell()
  }
  const element = createElement<StripePaymentElement>(
    { elementType, emitter, load, show: host.show, hide: host.hide, onReady, onDestroy },
    (self) => ({
      update: (options: Partial<StripePaymentElementOptions>) => {
        host.follow(options)
        return self()
      },
      focus: () => host.form()?.root.querySelector<HTMLElement>('input:checked, .sim-new input')?.focus(),
      blur: () => host.form()?.root.querySelector<HTMLElement>(':focus')?.blur(),
      clear: () => host.form()?.write({ number: '', expiry: '', cvc: '', postalCode: '' }),
      collapse: self,
    }),
  )
  return {
    element,
    follow: () => host.follow(),
    isComplete: () => isComplete(host.form()),
    saves: () => host.form()?.saves(),
    collect: () => collectFrom(host.form(), input.surroundings().locale),
  }
}
