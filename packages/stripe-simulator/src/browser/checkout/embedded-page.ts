import type { StripeEmbeddedCheckout, StripeEmbeddedCheckoutOptions } from '@stripe/stripe-js'
import { type PaymentPage, sessionRefOf } from '../backend.ts'
import type { Surroundings } from '../confirm/follow-action.ts'
import { make } from '../element/dom.ts'
import { messagesFor } from '../element/language.ts'
import { nodeOf } from '../element/shell.ts'
import { IntegrationError } from '../integration-error.ts'

const handlers = ['onShippingDetailsChange', 'onLineItemsChange', 'onAnalyticsEvent'] as const

const checkOptions = (options: StripeEmbeddedCheckoutOptions): void => {
  const handler = handlers.find((name) => options[name])
  if (handler) throw new IntegrationError(`The simulated Embedded Checkout does not call ${handler}.`)
  if (options.clientSecret || options.fetchClientSecret) return
  throw new IntegrationError('createEmbeddedCheckoutPage needs a clientSecret or fetchClientSecret.')
}

const loadPage = async (around: Surroundings, options: StripeEmbeddedCheckoutOptions): Promise<PaymentPage> => {
  const secret = options.fetchClientSecret ? await options.fetchClientSecret() : (options.clientSecret ?? '')
  const ref = sessionRefOf(secret)
  if (!ref) throw new IntegrationError('The client secret of a Checkout Session is needed: cs_test_…_secret_….')
  const { value, error } = await around.backend.retrievePage(ref)
  if (error) throw new IntegrationError(error.message ?? 'The Checkout Session could not be loaded.')
  if (value.frame_url) return value
  throw new IntegrationError('This Checkout Session is not for an embedded page: its ui_mode has to be embedded_page.')
}

interface Told {
  readonly from?: string
  readonly height?: number
  readonly isComplete?: boolean
  readonly returnUrl?: string | null
}

/** What the page in the frame says; anything else that arrives is somebody else's. */
const listen = (frame: HTMLIFrameElement, url: string, hear: (told: Told) => void): (() => void) => {
  const onMessage = ({ data, origin, source }: MessageEvent<Told | undefined>): void => {
    const isOurs = source === frame.contentWindow && origin === new URL(url).origin
    if (isOurs && data?.from === 'stripe-simulator') hear(data)
  }
  window.addEventListener('message', onMessage)
  return () => window.removeEventListener('message', onMessage)
}

const createFrame = (url: string, locale: string | undefined): HTMLIFrameElement => {
  const frame = make('iframe', { title: messagesFor(locale).frame, src: url, allow: 'payment *' })
  frame.style.cssText = 'display: block; width: 100%; min-height: 480px; border: 0; color-scheme: light dark;'
  return frame
}

/** Checkout in a frame of the host's page. One at a time, as with Stripe. */
export const embeddedPages = (around: Surroundings) => {
  let isTaken = false

  const createPage = ({ frame_url }: PaymentPage, options: StripeEmbeddedCheckoutOptions): StripeEmbeddedCheckout => {
    const url = frame_url ?? ''
    let takeOff = (): void => undefined
    let isDone = false
    let isDestroyed = false

    const finish = (returnUrl: string | null | undefined): void => {
      if (isDone) return
      isDone = true
      if (returnUrl) around.navigate(returnUrl)
      else options.onComplete?.()
    }
    const unmount = (): void => {
      takeOff()
      takeOff = () => undefined
    }
    return {
      mount: (location) => {
        if (isDestroyed) throw new IntegrationError('This Embedded Checkout has been destroyed.')
        const node = nodeOf(location)
        unmount()
        const frame = createFrame(url, around.locale)
        const stop = listen(frame, url, ({ height, isComplete, returnUrl }) => {
          if (height) frame.style.height = `${height}px`
          if (isComplete) finish(returnUrl)
        })
        node.replaceChildren(frame)
        takeOff = () => {
          stop()
          frame.remove()
        }
      },
      unmount,
      destroy: () => {
        unmount()
        if (!isDestroyed) isTaken = false
        isDestroyed = true
      },
    }
  }
  return async (options: StripeEmbeddedCheckoutOptions): Promise<StripeEmbeddedCheckout> => {
    checkOptions(options)
    if (isTaken) throw new IntegrationError('You cannot have multiple Embedded Checkout objects.')
    isTaken = true
    try {
      return createPage(await loadPage(around, options), options)
    } catch (cause) {
      isTaken = false
      throw cause
    }
  }
}
