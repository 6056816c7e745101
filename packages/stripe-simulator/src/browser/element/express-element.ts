import type { StripeError, StripeExpressCheckoutElement, StripeExpressCheckoutElementOptions } from '@stripe/stripe-js'
import type { CardMethod } from '../backend.ts'
import { formatAmount } from '../format-amount.ts'
import { applyAppearance } from './appearance.ts'
import { make } from './dom.ts'
import { createEmitter, type Emitter } from './emitter.ts'
import { openSheet, type Sheet, type SheetContent, type SheetRate, walletCard } from './express-sheet.ts'
import type { Surroundings } from './form-host.ts'
import { languageOf, messagesFor } from './language.ts'
import { createElement, reportFocus } from './shell.ts'

/** What a page may say when its button is pressed, or a delivery is chosen. */
interface Terms {
  readonly lineItems?: readonly { readonly name: string; readonly amount: number }[]
  readonly shippingRates?: readonly SheetRate[]
  readonly shippingAddressRequired?: boolean
}

export interface ExpressInput {
  readonly options: Partial<StripeExpressCheckoutElementOptions>
  readonly surroundings: () => Surroundings
  readonly load: () => Promise<StripeError | undefined>
  readonly onDestroy: () => void
  /** What is due now, and in what. */
  readonly due: () => { readonly amount: number; readonly currency: string } | undefined
}

export interface ExpressParts {
  readonly element: StripeExpressCheckoutElement
  follow(): void
  /** The card that somebody has just paid with in the sheet. */
  card(): CardMethod | undefined
  /** How the payment ended, for the sheet that waits for it. */
  settle(error: StripeError | undefined): void
}

const elementType = 'expressCheckout'
const expressPaymentType = 'google_pay'
/** How long Stripe waits for a page to answer. */
const patience = 1000

const somebody = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  phone: '+12025550123',
  address: {
    line1: '1 Analytical Way',
    line2: null,
    city: 'New York',
    state: 'NY',
    postal_code: '10001',
    country: 'US',
  },
}

const { line2: _line2, ...samplePlace } = somebody.address
const billing_details = { ...somebody, address: samplePlace }

/** Asks the page, if it listens; resolves with what it says, or undefined when it will not go on. */
const askPage = (emitter: Emitter, type: string, event: object): Promise<Terms | undefined> =>
  new Promise((resolve) => {
    if (!emitter.has(type)) {
      resolve({})
      return
    }
    const timer = setTimeout(() => resolve(undefined), patience)
    const answer = (terms: Terms | undefined): void => {
      clearTimeout(timer)
      resolve(terms)
    }
    emitter.emit(type, { ...event, resolve: (terms: Terms = {}) => answer(terms), reject: () => answer(undefined) })
  })

type Due = ReturnType<ExpressInput['due']>

const sumOf = (terms: Terms, due: Due): number | undefined =>
  terms.lineItems ? terms.lineItems.reduce((sum, { amount }) => sum + amount, 0) : due?.amount

const contentOf = (terms: Terms, due: Due, locale: string | undefined): SheetContent => {
  const read = (amount: number): string => formatAmount(amount, due?.currency ?? 'usd', languageOf(locale))
  const sum = sumOf(terms, due)
  return {
    messages: messagesFor(locale),
    amount: sum === undefined ? undefined : read(sum),
    lines: (terms.lineItems ?? []).map(({ name, amount }) => ({ name, amount: read(amount) })),
    rates: (terms.shippingRates ?? []).map(({ id, displayName, amount }) => ({
      id,
      label: `${displayName} · ${read(amount)}`,
    })),
  }
}

/** One visit to the sheet, from the button to the end. */
const createVisit = (input: ExpressInput, emitter: Emitter) => {
  let card: CardMethod | undefined
  let sheet: Sheet | undefined
  let rate: SheetRate | undefined

  const end = (): void => {
    sheet?.close()
    sheet = undefined
    card = undefined
  }
  const pay = (terms: Terms, number: string): void => {
    card = walletCard(number, billing_details)
    const { name, address } = somebody
    emitter.emit('confirm', {
      expressPaymentType,
      billingDetails: somebody,
      ...(terms.shippingAddressRequired ? { shippingAddress: { name, address } } : {}),
      ...(rate ? { shippingRate: rate } : {}),
      paymentFailed: ({ message }: { readonly message?: string } = {}) => {
        const { failed } = messagesFor(input.surroundings().locale).express
        sheet?.fail(message ?? failed)
      },
    })
  }
  const choose = async (terms: Terms, id: string): Promise<void> => {
    rate = terms.shippingRates?.find((each) => each.id === id)
    const changed = await askPage(emitter, 'shippingratechange', { shippingRate: rate })
    if (changed) sheet?.show(contentOf({ ...terms, ...changed }, input.due(), input.surroundings().locale))
  }
  const located = async (terms: Terms): Promise<Terms | undefined> => {
    if (!terms.shippingAddressRequired) return terms
    const { city, state, postal_code, country } = somebody.address
    const address = { city, state, postal_code, country }
    const changed = await askPage(emitter, 'shippingaddresschange', { name: somebody.name, address })
    return changed && { ...terms, ...changed }
  }
  const open = async (options: Terms): Promise<void> => {
    const said = await askPage(emitter, 'click', { elementType, expressPaymentType })
    const terms = said && (await located({ ...options, ...said }))
    if (!terms) return
    rate = terms.shippingRates?.[0]
    sheet = openSheet({
      content: contentOf(terms, input.due(), input.surroundings().locale),
      onPay: (number) => pay(terms, number),
      onCancel: () => {
        end()
        emitter.emit('cancel', { elementType })
      },
      onRate: (id) => void choose(terms, id),
    })
  }
  const settle = (error: StripeError | undefined): void => {
    if (!error) end()
    else sheet?.fail(error.message ?? '')
    card = undefined
  }
  return { open, end, settle, card: () => card }
}

const labelOf = (options: ExpressInput['options'], locale: string | undefined): string => {
  const { verbs, name } = messagesFor(locale).express
  return `${verbs[options.buttonType?.googlePay ?? 'plain'] ?? ''} ${name}`.trim()
}

const isOffered = ({ paymentMethods }: ExpressInput['options']): boolean => paymentMethods?.googlePay !== 'never'

const available = { applePay: false, googlePay: true, link: false, paypal: false, amazonPay: false, klarna: false }

/** An Express Checkout Element with one wallet: a button, and the sheet that it opens. */
export const createExpressElement = (input: ExpressInput): ExpressParts => {
  const emitter = createEmitter()
  const visit = createVisit(input, emitter)
  let options = input.options
  let root: HTMLElement | undefined

  const draw = (): void => {
    if (!root) return
    const { appearance, locale } = input.surroundings()
    const button = make('button', { type: 'button', class: 'sim-wallet' }, labelOf(options, locale))
    button.setAttribute('data-theme', options.buttonTheme?.googlePay ?? 'black')
    button.style.setProperty('--sim-height', `${options.buttonHeight ?? 44}px`)
    button.addEventListener('click', () => void visit.open(options as Terms))
    root.replaceChildren(...(isOffered(options) ? [button] : []))
    applyAppearance(root, appearance)
  }
  const element = createElement<StripeExpressCheckoutElement>(
    {
      elementType,
      emitter,
      load: input.load,
      onDestroy: input.onDestroy,
      show: (node) => {
        root = make('div', { class: 'sim-payment sim-express' })
        reportFocus(root, elementType, emitter.emit)
        draw()
        node.replaceChildren(root)
      },
      hide: () => {
        visit.end()
        root?.remove()
        root = undefined
      },
      onReady: () =>
        emitter.emit('ready', { elementType, availablePaymentMethods: isOffered(options) ? available : undefined }),
    },
    (self) => ({
      update: (changed: object) => {
        options = { ...options, ...changed }
        draw()
        return self()
      },
      focus: () => root?.querySelector('button')?.focus(),
      blur: () => root?.querySelector<HTMLElement>(':focus')?.blur(),
    }),
  )
  return { element, follow: draw, card: visit.card, settle: visit.settle }
}
