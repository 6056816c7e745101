import type { CheckoutSession } from '../domain/objects/checkout.ts'
import type { CustomField } from '../domain/objects/checkout-parts.ts'
import type { CheckoutPayment } from '../simulator-core.ts'

const home = { line1: '1 Test Street', city: 'New York', postal_code: '10001', state: 'NY' }

const answerTo = ({ dropdown, numeric, text }: CustomField): string => {
  const given = dropdown?.default_value ?? numeric?.default_value ?? text?.default_value
  const length = (numeric ?? text)?.minimum_length ?? 1
  return given ?? dropdown?.options[0]?.value ?? '1'.repeat(Math.max(1, length))
}

const destination = (session: CheckoutSession, name: string): CheckoutPayment => {
  const countries = session.shipping_address_collection?.allowed_countries
  if (!countries) return {}
  const country = countries.includes('US') ? 'US' : (countries[0] ?? 'US')
  return { shipping: { name, address: { ...home, country } } }
}

const names = (session: CheckoutSession, name: string): CheckoutPayment => {
  const { business, individual } = session.name_collection ?? {}
  return {
    ...(business?.enabled ? { businessName: `${name} Ltd` } : {}),
    ...(individual?.enabled ? { individualName: name } : {}),
  }
}

/** What a customer says to all that a session asks: they agree, and have one of everything. */
export const answersTo = (session: CheckoutSession, name: string): CheckoutPayment => ({
  ...names(session, name),
  ...destination(session, name),
  ...(session.billing_address_collection === 'required'
    ? { billing: { name, address: { ...home, country: 'US' } } }
    : {}),
  ...(session.phone_number_collection.enabled ? { phone: '+12025550123' } : {}),
  consent: { promotions: false, termsOfService: true },
  customFields: Object.fromEntries(session.custom_fields.map((field) => [field.key, answerTo(field)])),
})
