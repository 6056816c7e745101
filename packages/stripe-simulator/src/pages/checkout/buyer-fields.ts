import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { CustomField, NameSetting, Sentence } from '../../domain/objects/checkout-parts.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import { choiceField } from '../parts/choice-field.ts'
import { money } from '../parts/display.ts'
import { field } from '../parts/field.ts'
import { addressFields } from './address-fields.ts'
import type { CheckoutView } from './checkout-view.ts'

const sentence = (text: Sentence | null): Content => text && html`<p class="quiet">${text.message}</p>`

const optionally = (label: string, isOptional: boolean): string => (isOptional ? `${label} (optional)` : label)

const nameField = (view: CheckoutView, name: string, setting: NameSetting | undefined): Content => {
  if (!setting?.enabled) return null
  const [label, autocomplete] = name === 'businessName' ? ['Business name', 'organization'] : ['Your name', 'name']
  return field({ ...view, name, label: optionally(label, setting.optional), autocomplete })
}

/** Who buys, beyond their address for e-mail. */
export const contactFields = (session: CheckoutSession, view: CheckoutView): Content => [
  nameField(view, 'individualName', session.name_collection?.individual),
  nameField(view, 'businessName', session.name_collection?.business),
  session.phone_number_collection.enabled &&
    field({ ...view, name: 'phone', label: 'Phone number', autocomplete: 'tel', type: 'tel' }),
]

const delivery = (core: SimulatorCore, session: CheckoutSession): Content => {
  if (session.shipping_options.length === 0) return null
  const option = ({ shipping_rate, shipping_amount }: CheckoutSession['shipping_options'][number]): Html => html`
<label class="choice"><input type="radio" name="shippingRate" value="${shipping_rate}"${
    shipping_rate === session.shipping_cost?.shipping_rate && html` checked`
  } data-changes>
<span class="between"><span>${core.find('shipping_rate', shipping_rate)?.display_name ?? 'Shipping'}</span>
<span class="amount">${shipping_amount === 0 ? 'Free' : money(shipping_amount, session.currency ?? 'usd')}</span></span></label>`
  return html`<fieldset><legend>Shipping method</legend>${session.shipping_options.map(option)}
<button class="second small" data-change formaction="/_simulator/checkout/${session.id}/change" formnovalidate>Update total</button></fieldset>`
}

/** Where to, and how. */
export const shippingFields = (core: SimulatorCore, session: CheckoutSession, view: CheckoutView): Content => {
  const asked = session.shipping_address_collection
  const countries = asked?.allowed_countries ?? []
  const known = session.collected_information?.shipping_details ?? undefined
  return [
    asked &&
      html`<fieldset><legend>Shipping address</legend>${addressFields({ ...view, kind: 'shipping', countries, known })}
${sentence(session.custom_text.shipping_address)}</fieldset>`,
    delivery(core, session),
  ]
}

export const billingFields = (session: CheckoutSession, view: CheckoutView): Content =>
  session.billing_address_collection === 'required' &&
  html`<fieldset><legend>Billing address</legend>${addressFields({ ...view, kind: 'billing' })}</fieldset>`

const customField = (view: CheckoutView, asked: CustomField): Html => {
  const { key, optional, type } = asked
  const label = optionally(asked.label.custom ?? key, optional)
  const common = { ...view, name: `custom-${key}`, label, value: asked[type]?.default_value ?? '' }
  if (!asked.dropdown) return field({ ...common, autocomplete: 'off', isNumeric: type === 'numeric' })
  return choiceField({ ...common, choices: [{ value: '', label: 'Choose…' }, ...asked.dropdown.options] })
}

/** The questions of the business's own. */
export const customFieldsOf = (session: CheckoutSession, view: CheckoutView): Content =>
  session.custom_fields.map((asked) => customField(view, asked))

interface Consent {
  readonly name: string
  readonly label: Content
  readonly view: CheckoutView
}

const consent = ({ name, label, view: { form, problems } }: Consent): Html => {
  const problem = problems.get(name)
  return html`<div class="field"><label class="tick"><input type="checkbox" id="${name}" name="${name}" value="yes"${
    form.text(name) === 'yes' && html` checked`
  }${problem !== undefined && html` aria-invalid="true" aria-describedby="${name}-problem"`}>
<span>${label}</span></label>
${problem !== undefined && html`<p class="problem" id="${name}-problem">${problem}</p>`}</div>`
}

const termsLabel = (
  { custom_text: { terms_of_service_acceptance: own } }: CheckoutSession,
  url: string | null,
): Content => own?.message ?? html`I agree to the <a href="${url ?? ''}">terms of service</a>.`

/** What the buyer agrees to, by a tick of their own. */
export const consentFields = (core: SimulatorCore, session: CheckoutSession, view: CheckoutView): Content => {
  const asked = session.consent_collection
  const saves = session.saved_payment_method_options?.payment_method_save === 'enabled'
  return [
    saves && consent({ view, name: 'savePaymentMethod', label: 'Save this card for the next time' }),
    asked?.promotions === 'auto' && consent({ view, name: 'promotions', label: 'Send me news and offers' }),
    asked?.terms_of_service === 'required' &&
      consent({ view, name: 'termsOfService', label: termsLabel(session, core.termsOfServiceUrl()) }),
    sentence(session.custom_text.submit),
  ]
}
