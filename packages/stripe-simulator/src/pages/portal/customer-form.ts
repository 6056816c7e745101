import type { CustomerPart } from '../../domain/objects/account.ts'
import type { AddressInput, PortalCustomer, PortalView } from '../../portal-core.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Problems } from '../parts/card-fields.ts'
import { countryOptions } from '../parts/countries.ts'
import { field, selectField } from '../parts/field.ts'
import type { FormInput } from '../parts/form-input.ts'
import { taxIdTypes } from '../parts/tax-id-types.ts'
import { portalPath } from './portal-flow.ts'
import { onPage } from './portal-frame.ts'

export interface CustomerForm {
  readonly form: FormInput
  readonly problems: Problems
}

type Address = Readonly<Record<string, string | null>> | null | undefined

const lines = [
  ['line1', 'Address line 1', 'address-line1'],
  ['line2', 'Address line 2', 'address-line2'],
  ['city', 'City', 'address-level2'],
  ['state', 'State or region', 'address-level1'],
  ['postal_code', 'ZIP or postal code', 'postal-code'],
] as const

const addressFields = (given: CustomerForm, prefix: string, known: Address): Html => {
  const line = ([part, label, autocomplete]: (typeof lines)[number]): Html =>
    field({
      ...given,
      name: `${prefix}_${part}`,
      label,
      autocomplete: `${prefix} ${autocomplete}`,
      value: known?.[part] ?? '',
    })
  const country = {
    name: `${prefix}_country`,
    label: 'Country',
    autocomplete: `${prefix} country`,
    options: countryOptions,
    value: known?.country ?? '',
  }
  return html`${lines.map(line)}${selectField({ ...given, ...country })}`
}

const parts: Readonly<Record<CustomerPart, (view: PortalView, given: CustomerForm) => Html>> = {
  name: ({ customer }, given) =>
    field({ ...given, name: 'customerName', label: 'Name', autocomplete: 'name', value: customer.name ?? '' }),
  email: ({ customer }, given) =>
    field({
      ...given,
      name: 'email',
      label: 'Email',
      autocomplete: 'email',
      type: 'email',
      value: customer.email ?? '',
    }),
  phone: ({ customer }, given) =>
    field({ ...given, name: 'phone', label: 'Phone', autocomplete: 'tel', value: String(customer.phone ?? '') }),
  address: ({ customer }, given) =>
    html`<fieldset><legend>Billing address</legend>${addressFields(given, 'billing', customer.address as Address)}</fieldset>`,
  shipping: ({ customer }, given) => {
    const known = customer.shipping as { readonly name?: string; readonly address?: Address } | null | undefined
    const name = { name: 'shippingName', label: 'Name of the recipient', autocomplete: 'shipping name' }
    return html`<fieldset><legend>Shipping address</legend>${field({ ...given, ...name, value: known?.name ?? '' })}
${addressFields(given, 'shipping', known?.address)}</fieldset>`
  },
  tax_id: (_, given) => html`<fieldset><legend>Add a tax ID (optional)</legend><div class="pair">
${selectField({ ...given, name: 'taxIdType', label: 'Type of tax ID', autocomplete: 'off', options: taxIdTypes })}
${field({ ...given, name: 'taxId', label: 'Tax ID', autocomplete: 'off' })}</div></fieldset>`,
}

const order: readonly CustomerPart[] = ['name', 'email', 'phone', 'address', 'shipping', 'tax_id']

const allowedBy = ({ configuration }: PortalView): CustomerPart[] => {
  const { enabled, allowed_updates: updates } = configuration.features.customer_update
  return enabled ? order.filter((part) => updates.includes(part)) : []
}

export const customerPage = (view: PortalView, given: CustomerForm): string => {
  const fields: Content = allowedBy(view).map((part) => parts[part](view, given))
  return onPage(
    view,
    'Update information',
    html`<form method="post" action="${portalPath(view)}/customer" novalidate data-once>${fields}
<button class="primary">Save</button></form>`,
  )
}

const addressIn = (form: FormInput, prefix: string): AddressInput =>
  Object.fromEntries([...lines.map(([part]) => part), 'country'].map((part) => [part, form.text(`${prefix}_${part}`)]))

const readers: Readonly<Record<CustomerPart, (form: FormInput) => PortalCustomer>> = {
  name: (form) => ({ name: form.text('customerName') }),
  email: (form) => ({ email: form.text('email') }),
  phone: (form) => ({ phone: form.text('phone') }),
  address: (form) => ({ address: addressIn(form, 'billing') }),
  shipping: (form) => {
    const name = form.text('shippingName')
    return name === '' ? {} : { shipping: { name, address: addressIn(form, 'shipping') } }
  },
  tax_id: (form) => {
    const [type, value] = [form.text('taxIdType'), form.text('taxId')]
    return value === '' ? {} : { taxId: { type, value } }
  },
}

/** What somebody changed of themselves, or what is wrong with it. */
export const readCustomer = (
  view: PortalView,
  form: FormInput,
): { readonly changes: PortalCustomer } | { readonly problems: Problems } => {
  const allowed = allowedBy(view)
  const problems = new Map<string, string>()
  const email = form.text('email')
  if (allowed.includes('email') && !/^[^@\s]+@[^@\s]+$/.test(email)) {
    problems.set('email', 'Enter an email address, such as name@example.com.')
  }
  if (form.text('taxId') !== '' && form.text('taxIdType') === '') {
    problems.set('taxIdType', 'Choose the type of this tax ID.')
  }
  if (problems.size > 0) return { problems }
  return { changes: Object.assign({}, ...allowed.map((part) => readers[part](form))) as PortalCustomer }
}
