import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import { answerProblem } from '../../flows/checkout/custom-fields.ts'
import type { CheckoutPayment } from '../../simulator-core.ts'
import type { FormInput } from '../parts/form-input.ts'
import { addressProblems, readAddress } from './address-fields.ts'

const isAsked = (setting: { readonly enabled: boolean; readonly optional: boolean } | undefined): boolean =>
  setting?.enabled === true && !setting.optional

const wantsBilling = (session: CheckoutSession): boolean => session.billing_address_collection === 'required'

const wantsShipping = (session: CheckoutSession): boolean => session.shipping_address_collection !== null

/** What has to be said and was not, by field. */
export const buyerProblems = (session: CheckoutSession, form: FormInput): [string, string][] => {
  const { business, individual } = session.name_collection ?? {}
  const needed: [string, string, boolean][] = [
    ['individualName', 'Enter your name.', isAsked(individual)],
    ['businessName', 'Enter the name of your business.', isAsked(business)],
    ['phone', 'Enter a phone number.', session.phone_number_collection.enabled],
    ['termsOfService', 'Accept the terms to go on.', session.consent_collection?.terms_of_service === 'required'],
  ]
  const custom = session.custom_fields.map((field): [string, string | undefined] => {
    const name = `custom-${field.key}`
    return [name, answerProblem(field, form.text(name))]
  })
  return [
    ...needed
      .filter(([name, , isNeeded]) => isNeeded && form.text(name) === '')
      .map(([n, p]): [string, string] => [n, p]),
    ...(wantsShipping(session) ? addressProblems(form, 'shipping') : []),
    ...(wantsBilling(session) ? addressProblems(form, 'billing') : []),
    ...custom.filter((entry): entry is [string, string] => entry[1] !== undefined),
  ]
}

const texts = ['businessName', 'individualName', 'phone'] as const

const textsOf = (form: FormInput): CheckoutPayment =>
  Object.fromEntries(texts.map((name) => [name, form.text(name)]).filter(([, text]) => text !== ''))

/** What the buyer said about themselves, and agreed to. */
export const readBuyer = (session: CheckoutSession, form: FormInput): CheckoutPayment => {
  const rate = form.text('shippingRate')
  const answers = session.custom_fields.map(({ key }) => [key, form.text(`custom-${key}`)])
  return {
    ...textsOf(form),
    ...(rate === '' ? {} : { shippingRateId: rate }),
    ...(wantsShipping(session) ? { shipping: readAddress(form, 'shipping') } : {}),
    ...(wantsBilling(session) ? { billing: readAddress(form, 'billing') } : {}),
    consent: { promotions: form.text('promotions') === 'yes', termsOfService: form.text('termsOfService') === 'yes' },
    customFields: Object.fromEntries(answers),
    savePaymentMethod: form.text('savePaymentMethod') === 'yes',
  }
}
