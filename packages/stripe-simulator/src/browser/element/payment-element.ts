import type { StripeError, StripePaymentElement, StripePaymentElementOptions } from '@stripe/stripe-js'
import type { CardMethod } from '../backend.ts'
import { problemsOf } from '../card/validate.ts'
import { IntegrationError } from '../integration-error.ts'
import { methodOf } from './card-change.ts'
import type { CardForm } from './card-form.ts'
import { createEmitter, type Listener } from './emitter.ts'
import { createFormHost, type FormHost, type Surroundings } from './form-host.ts'
import { messagesFor } from './language.ts'
import { wearStyles } from './styles.ts'

export interface PaymentElementInput {
  readonly options: StripePaymentElementOptions
  readonly surroundings: () => Surroundings
  /** Resolves when the element may show, with the error if it may not. */
  readonly load: () => Promise<StripeError | undefined>
  readonly onDestroy: () => void
}

export type Collected = { readonly method: CardMethod } | { readonly error: StripeError }

/** The element that a page gets, and what its group needs of it. */
export interface PaymentElementParts {
  readonly element: StripePaymentElement
  /** Follows a change of the group's options. */
  follow(): void
  /** The card, or the error that the form now shows. */
  collect(): Collected
}

const nodeOf = (target: string | HTMLElement): HTMLElement => {
  const node = typeof target === 'string' ? document.querySelector<HTMLElement>(target) : target
  if (node) return node
  throw new IntegrationError(`The selector you specified (${target}) applies to no DOM elements on your page.`)
}

const collectFrom = (form: CardForm | undefined, locale: string | undefined): Collected => {
  if (!form) throw new IntegrationError('The Payment Element is not mounted, or not ready yet: wait for `ready`.')
  const [code] = problemsOf(form.values(), new Date()).values()
  form.refuse()
  if (code === undefined) return { method: methodOf(form.values()) }
  return { error: { type: 'validation_error', code, message: messagesFor(locale).problems[code] } }
}

interface Mounting {
  readonly host: FormHost
  readonly emit: (type: string, event?: object) => void
  readonly load: PaymentElementInput['load']
}

/** Mount and unmount, in any order and as often as React likes. */
const createMounting = ({ host, emit, load }: Mounting) => {
  const elementType = 'payment'
  let takeStylesOff = (): void => undefined
  /** Counts every mount and unmount: what still loads for an earlier one is dropped. */
  let life = 0

  const unmount = (): void => {
    life += 1
    host.hide()
    takeStylesOff()
    takeStylesOff = () => undefined
  }
  const mount = async (node: HTMLElement): Promise<void> => {
    unmount()
    const mounted = life
    emit('loaderstart', { elementType })
    const error = await load()
    if (mounted !== life) return
    if (error) return emit('loaderror', { elementType, error })
    takeStylesOff = wearStyles()
    host.show(node)
    emit('ready', { elementType })
    emit('availablepaymentmethodschange', { elementType, paymentMethods: { card: { available: true } } })
  }
  return { mount, unmount }
}

/** A Payment Element with the card as its one method, in the page instead of an iframe. */
export const createPaymentElement = ({ onDestroy, ...input }: PaymentElementInput): PaymentElementParts => {
  const emitter = createEmitter()
  const host = createFormHost({ ...input, emit: emitter.emit })
  const { mount, unmount } = createMounting({ host, emit: emitter.emit, load: input.load })
  let isDestroyed = false

  const listen =
    (verb: 'on' | 'once' | 'off') =>
    (type: string, listener?: Listener): StripePaymentElement => {
      if (listener || verb === 'off') emitter[verb](type, listener as Listener)
      return element
    }
  const element: StripePaymentElement = {
    mount: (target) => {
      if (isDestroyed) throw new IntegrationError('This Element has already been destroyed. Please create a new one.')
      void mount(nodeOf(target))
    },
    unmount,
    destroy: () => {
      unmount()
      emitter.silence()
      isDestroyed = true
      onDestroy()
    },
    on: listen('on'),
    once: listen('once'),
    off: listen('off'),
    update: (options) => {
      host.follow(options)
      return element
    },
    focus: () => host.form()?.root.querySelector('input')?.focus(),
    blur: () => host.form()?.root.querySelector<HTMLElement>(':focus')?.blur(),
    clear: () => host.form()?.write({ number: '', expiry: '', cvc: '', postalCode: '' }),
    collapse: () => element,
  }
  return {
    element,
    follow: () => host.follow(),
    collect: () => collectFrom(host.form(), input.surroundings().locale),
  }
}
