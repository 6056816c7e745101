import type { StripeError } from '@stripe/stripe-js'
import { IntegrationError } from '../integration-error.ts'
import type { Emitter, Listener } from './emitter.ts'
import { wearStyles } from './styles.ts'

export interface ShellInput {
  readonly elementType: string
  readonly emitter: Emitter
  /** Draws into the node of the host's page. */
  readonly show: (node: HTMLElement) => void
  readonly hide: () => void
  /** Resolves when the element may show, with the error if it may not. */
  readonly load: () => Promise<StripeError | undefined>
  readonly onReady: () => void
  readonly onDestroy: () => void
}

/** What every element of Stripe.js can do, whatever it shows. */
export interface Shell {
  mount(target: string | HTMLElement): void
  unmount(): void
  destroy(): void
  on(type: string, listener: Listener): unknown
  once(type: string, listener: Listener): unknown
  off(type: string, listener?: Listener): unknown
}

export const nodeOf = (target: string | HTMLElement): HTMLElement => {
  const node = typeof target === 'string' ? document.querySelector<HTMLElement>(target) : target
  if (node) return node
  throw new IntegrationError(`The selector you specified (${target}) applies to no DOM elements on your page.`)
}

/** Mount and unmount, in any order and as often as React likes. */
const createMounting = ({ elementType, emitter, load, show, hide, onReady }: ShellInput) => {
  let takeStylesOff = (): void => undefined
  /** Counts every mount and unmount: what still loads for an earlier one is dropped. */
  let life = 0

  const unmount = (): void => {
    life += 1
    hide()
    takeStylesOff()
    takeStylesOff = () => undefined
  }
  const mount = async (node: HTMLElement): Promise<void> => {
    unmount()
    const mounted = life
    emitter.emit('loaderstart', { elementType })
    const error = await load()
    if (mounted !== life) return
    if (error) return emitter.emit('loaderror', { elementType, error })
    takeStylesOff = wearStyles()
    show(node)
    onReady()
  }
  return { mount, unmount }
}

/** The life of an element in a page; `own` are the verbs of its kind. */
export const createElement = <E>(input: ShellInput, own: (self: () => E) => object): E => {
  const { emitter, onDestroy } = input
  const { mount, unmount } = createMounting(input)
  let isDestroyed = false

  const listen =
    (verb: 'on' | 'once' | 'off') =>
    (type: string, listener?: Listener): E => {
      if (listener || verb === 'off') emitter[verb](type, listener as Listener)
      return element
    }
  const shell: Shell = {
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
  }
  const element = { ...shell, ...own(() => element) } as E
  return element
}

/** Tells a page when the focus comes into an element, leaves it, and when Escape is pressed in it. */
export const reportFocus = (root: HTMLElement, elementType: string, emit: Emitter['emit']): void => {
  const crosses = ({ relatedTarget }: FocusEvent): boolean =>
    !(relatedTarget instanceof Node && root.contains(relatedTarget))
  root.addEventListener('focusin', (event) => crosses(event) && emit('focus', { elementType }))
  root.addEventListener('focusout', (event) => crosses(event) && emit('blur', { elementType }))
  root.addEventListener('keydown', ({ key }) => key === 'Escape' && emit('escape', { elementType }))
}
