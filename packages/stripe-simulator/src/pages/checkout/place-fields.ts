import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { CheckoutPayment } from '../../simulator-core.ts'
import { type Html, html } from '../html.ts'
import type { Problems } from '../parts/card-fields.ts'
import { countryOptions } from '../parts/countries.ts'
import { field, selectField } from '../parts/field.ts'
import type { FormInput } from '../parts/form-input.ts'
import { taxIdTypes } from '../parts/tax-id-types.ts'

/** Where the buyer is matters for the tax. A session that wants a whole billing address asks for that instead. */
export const asksForPlace = ({ automatic_tax: tax, billing_address_collection: collects }: CheckoutSession): boolean =>
  tax.enabled && collects !== 'required'

export const placeFields = (form: FormInput, problems: Problems): Html => html`
<fieldset><legend>Billing address</legend><div class="pair">
${selectField({ form, problems, name: 'country', label: 'Country', autocomplete: 'billing country', options: countryOptions })}
${field({ form, problems, name: 'postalCode', label: 'ZIP or postal code', autocomplete: 'billing postal-code' })}</div></fieldset>`

const isRequired = ({ tax_id_collection: collected }: CheckoutSession): boolean =>
  collected?.required === 'if_supported'

export const taxIdFields = (session: CheckoutSession, form: FormInput, problems: Problems): Html => html`
<fieldset><legend>Tax ID${!isRequired(session) && ' (optional)'}</legend><div class="pair">
${selectField({ form, problems, name: 'taxIdType', label: 'Type of tax ID', autocomplete: 'off', options: taxIdTypes })}
${field({ form, problems, name: 'taxId', label: 'Tax ID', autocomplete: 'off', placeholder: 'DE123456789' })}</div></fieldset>`

interface PlaceRead {
  readonly payment: Pick<CheckoutPayment, 'country' | 'postalCode' | 'taxId'>
  readonly problems: Problems
}

const readPlace = (session: CheckoutSession, form: FormInput): PlaceRead => {
  if (!asksForPlace(session)) return { payment: {}, problems: new Map() }
  const [country, postalCode] = [form.text('country'), form.text('postalCode')]
  if (country === '') return { payment: {}, problems: new Map([['country', 'Choose your country.']]) }
  return { payment: { country, ...(postalCode === '' ? {} : { postalCode }) }, problems: new Map() }
}

const readTaxId = (session: CheckoutSession, form: FormInput): PlaceRead => {
  const [type, value] = [form.text('taxIdType'), form.text('taxId')]
  if (session.tax_id_collection?.enabled !== true) return { payment: {}, problems: new Map() }
  if (value === '') {
    const problems = isRequired(session) ? [['taxId', 'Enter your tax ID.'] as const] : []
    return { payment: {}, problems: new Map(problems) }
  }
  if (type === '') return { payment: {}, problems: new Map([['taxIdType', 'Choose the type of this tax ID.']]) }
  return { payment: { taxId: { type, value } }, problems: new Map() }
}

/** Where the buyer is and who they are for the tax, or what is wrong with what they said. */
export const readPlaceAndTaxId = (session: CheckoutSession, form: FormInput): PlaceRead => {
  const [place, tax] = [readPlace(session, form), readTaxId(session, form)]
  return {
    payment: { ...place.payment, ...tax.payment },
    problems: new Map([...place.problems, ...tax.problems]),
  }
}
