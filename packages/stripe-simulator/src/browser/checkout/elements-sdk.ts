import type {
  Appearance,
  StripeCheckoutElementsSdk,
  StripeCheckoutElementsSdkOptions,
  StripeError,
  StripeExpressCheckoutElementOptions,
  StripePaymentElementOptions,
} from '@stripe/stripe-js'
import type { PageChange } from '../backend.ts'
import type { Surroundings } from '../confirm/follow-action.ts'
import { type AddressMode, type AddressParts, createAddressElement } from '../element/address-element.ts'
import { createEmitter } from '../element/emitter.ts'
import { createExpressElement, type ExpressParts } from '../element/express-element.ts'
import { createPaymentElement, type PaymentElementParts } from '../element/payment-element.ts'
import { IntegrationError } from '../integration-error.ts'
import { createActions } from './actions.ts'
import { confirmPage } from './confirm-page.ts'
import { createPageState, type PageState } from './page-state.ts'
import { savedOf } from './saved-of.ts'

interface Made {
  payment?: PaymentElementParts
  express?: ExpressParts
  billing?: AddressParts
  shipping?: AddressParts
}

type Slot = keyof Made

const firstTold = ({ defaultValues = {} }: StripeCheckoutElementsSdkOptions): PageChange => ({
  ...(defaultValues.email === undefined ? {} : { email: defaultValues.email }),
  ...(defaultValues.phoneNumber === undefined ? {} : { phone_number: defaultValues.phoneNumber }),
  ...(defaultValues.billingAddress ? { billing_address: defaultValues.billingAddress } : {}),
  ...(defaultValues.shippingAddress ? { shipping_address: defaultValues.shippingAddress } : {}),
})

const withoutAddress: Partial<StripePaymentElementOptions> = { fields: { billingDetails: { address: 'never' } } }

const loadError = async (state: PageState): Promise<StripeError | undefined> => (await state.load()).error

/** The elements of one session, one of each kind. */
const createSlots = (state: PageState, around: Surroundings, given: Appearance | undefined) => {
  const made: Made = {}
  let appearance = given
  const surroundings = () => {
    const { session, offers_saving: offersSaving } = state.page()
    return { appearance, locale: around.locale, saved: savedOf(session), offersSaving }
  }
  const common = (slot: Slot) => ({
    load: () => loadError(state),
    surroundings,
    onDestroy: () => {
      delete made[slot]
      state.follow()
    },
  })
  const put = <S extends Slot>(slot: S, make: () => NonNullable<Made[S]>): NonNullable<Made[S]>['element'] => {
    if (made[slot]) throw new IntegrationError(`Can only create one ${slot} Element of a Checkout Session.`)
    const parts = make()
    Object.assign(made, { [slot]: parts })
    return parts.element
  }
  /** An address that has an element of its own is not asked for twice. */
  const address = (mode: AddressMode, options: object = {}) => {
    if (mode === 'billing') made.payment?.element.update(withoutAddress)
    return put(mode, () =>
      createAddressElement({
        ...common(mode),
        ...{ mode, options },
        known: () => state.page().session[`${mode}Address`],
        onTold: (contact) => void state.change({ [`${mode}_address`]: contact }),
      }),
    )
  }
  return {
    made,
    createPaymentElement: (options: object = {}) =>
      put('payment', () =>
        createPaymentElement({
          ...common('payment'),
          options: { ...options, ...(made.billing ? withoutAddress : {}) },
          onChange: state.follow,
        }),
      ),
    createExpressCheckoutElement: (options: object = {}) =>
      put('express', () =>
        createExpressElement({
          ...common('express'),
          options: options as StripeExpressCheckoutElementOptions,
          due: () => {
            const { total, currency } = state.page().session
            return { amount: total.total.minorUnitsAmount, currency }
          },
        }),
      ),
    createBillingAddressElement: (options?: object) => address('billing', options),
    createShippingAddressElement: (options?: object) => address('shipping', options),
    changeAppearance: (changed: Appearance) => {
      appearance = changed
      for (const parts of Object.values(made)) parts.follow()
    },
  }
}

const absent = ['CurrencySelector', 'TaxId', 'ContactDetails', 'Terms', 'LinkSignup'] as const

const none = (): null => null

/** What Stripe has and the simulation does not is refused by name. */
const absentElements = (): object => {
  const refuse = (name: string) => (): null => {
    throw new IntegrationError(`The simulated Stripe.js has no ${name} element.`)
  }
  const verbs = absent.map((name): [string, () => null][] => [
    [`get${name}Element`, none],
    [`create${name}Element`, refuse(name)],
  ])
  return Object.fromEntries(verbs.flat())
}

/** A Checkout Session of `ui_mode: elements`, to be paid with elements that the page arranges. */
export const initCheckoutElementsSdk = (
  around: Surroundings,
  options: StripeCheckoutElementsSdkOptions,
): StripeCheckoutElementsSdk => {
  const emitter = createEmitter()
  const state: PageState = createPageState({
    backend: around.backend,
    clientSecret: options.clientSecret,
    first: firstTold(options),
    isFormComplete: (): boolean => slots.made.payment?.isComplete() ?? true,
    onChange: (session) => emitter.emit('change', session),
  })
  const slots = createSlots(state, around, options.elementsOptions?.appearance)
  const { made, ...verbs } = slots
  const payment = () => made.payment
  const express = () => made.express
  const actions = createActions({
    state,
    payment,
    confirm: (given) => confirmPage({ state, around, payment, express }, given),
  })
  const sdk = {
    ...absentElements(),
    ...verbs,
    on: (type: string, handler: (session: never) => void) => emitter.on(type, handler),
    loadActions: async () => {
      const { error } = await state.load()
      return error
        ? { type: 'error', error: { message: error.message ?? '', code: null } }
        : { type: 'success', actions }
    },
    loadFonts: () => undefined,
    getPaymentElement: () => made.payment?.element ?? null,
    getExpressCheckoutElement: () => made.express?.element ?? null,
    getBillingAddressElement: () => made.billing?.element ?? null,
    getShippingAddressElement: () => made.shipping?.element ?? null,
  }
  return sdk as unknown as StripeCheckoutElementsSdk
}
