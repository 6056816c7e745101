import type { PaymentMethod, StripePaymentElementChangeEvent, StripePaymentElementOptions } from '@stripe/stripe-js'
import type { CardMethod } from '../backend.ts'
import { digitsOf } from '../card/brand.ts'
import { asksPostalCode, type CardValues, parseExpiry, problemsOf } from '../card/validate.ts'
import type { CardForm } from './card-form.ts'

const savedChange = ({ id, type, billing_details: given }: PaymentMethod): StripePaymentElementChangeEvent => {
  const none = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }
  const { name, email, phone, address } = given
  const billing_details = { name, email, phone, address: { ...none, ...address } }
  const value = { type: 'card', payment_method: { id, type, billing_details } }
  return { elementType: 'payment', empty: false, complete: true, collapsed: false, value }
}

/** The event that tells a page how far somebody has come. */
export const changeOf = (form: CardForm): StripePaymentElementChangeEvent => {
  const saved = form.chosen()
  return saved ? savedChange(saved) : typedChange(form.values(), form.saves())
}

const typedChange = (values: CardValues, saves: boolean | undefined): StripePaymentElementChangeEvent => {
  const { number, expiry, cvc, country, postalCode } = values
  const address = { country, ...(asksPostalCode(country) ? { postalCode } : {}) }
  return {
    elementType: 'payment',
    empty: `${number}${expiry}${cvc}` === '',
    complete: problemsOf(values, new Date()).size === 0,
    collapsed: false,
    value: {
      type: 'card',
      ...(saves === undefined ? {} : { savePaymentMethod: saves }),
      ...(country === '' ? {} : { billingDetails: { address } }),
    },
  }
}

const addressOf = ({ country, postalCode }: CardValues): CardMethod['billing_details'] => {
  if (country === '') return {}
  return { address: { country, ...(postalCode === '' ? {} : { postal_code: postalCode.trim() }) } }
}

/** A card without problems, as Stripe's API takes it. */
export const methodOf = (values: CardValues): CardMethod => {
  const { month, year } = parseExpiry(values.expiry) ?? { month: 0, year: 0 }
  return {
    card: { number: digitsOf(values.number), exp_month: month, exp_year: year, cvc: values.cvc },
    billing_details: addressOf(values),
  }
}

/** `never` on the way to the country hides it: the host then sends its own billing details. */
export const asksCountry = ({ fields }: StripePaymentElementOptions): boolean => {
  const billing = fields?.card?.billingDetails ?? fields?.billingDetails
  const address = typeof billing === 'object' ? billing.address : billing
  return (typeof address === 'object' ? address.country : address) !== 'never'
}

export const defaultsOf = ({ defaultValues }: StripePaymentElementOptions): Partial<CardValues> => {
  const { country, postal_code: postalCode } = defaultValues?.billingDetails?.address ?? {}
  return { ...(country ? { country } : {}), ...(postalCode ? { postalCode } : {}) }
}
