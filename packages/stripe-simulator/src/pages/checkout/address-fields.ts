import type { GivenContact } from '../../domain/address.ts'
import { type Html, html } from '../html.ts'
import type { Problems } from '../parts/card-fields.ts'
import { choiceField, countryChoices } from '../parts/choice-field.ts'
import { field } from '../parts/field.ts'
import type { FormInput } from '../parts/form-input.ts'

export type AddressKind = 'billing' | 'shipping'

export interface AddressFieldsInput {
  readonly form: FormInput
  readonly problems: Problems
  readonly kind: AddressKind
  readonly countries?: readonly string[]
  readonly known?: GivenContact | undefined
}

/** Somebody and where they are; the United States while nobody has said otherwise. */
export const addressFields = ({ form, problems, kind, countries, known }: AddressFieldsInput): Html => {
  const choices = countryChoices(countries)
  const home = choices.find(({ value }) => value === 'US') ?? choices[0]
  const address = known?.address
  const values: Readonly<Record<string, string | null | undefined>> = { name: known?.name, ...address }
  const text = (part: string, label: string, autocomplete: string): Html =>
    field({
      ...{ form, problems, label, name: `${kind}-${part}`, autocomplete: `${kind} ${autocomplete}` },
      value: values[part] ?? '',
    })
  return html`
${text('name', 'Full name', 'name')}
${choiceField({ form, problems, name: `${kind}-country`, label: 'Country', autocomplete: `${kind} country`, choices, value: address?.country ?? home?.value ?? '' })}
${text('line1', 'Address', 'address-line1')}
${text('line2', 'Address, second line (optional)', 'address-line2')}
<div class="pair">
${text('postal_code', 'Postal code', 'postal-code')}
${text('city', 'City', 'address-level2')}
</div>
${text('state', 'State or region (optional)', 'address-level1')}`
}

const parts = ['city', 'country', 'line1', 'line2', 'postal_code', 'state'] as const

/** What was typed there. */
export const readAddress = (form: FormInput, kind: AddressKind): GivenContact => ({
  name: form.text(`${kind}-name`),
  address: Object.fromEntries(parts.map((part) => [part, form.text(`${kind}-${part}`)])),
})

const needed = { name: 'Enter a name.', line1: 'Enter an address.', city: 'Enter a city.' } as const

/** What an address lacks, by field. */
export const addressProblems = (form: FormInput, kind: AddressKind): [string, string][] =>
  Object.entries(needed)
    .map(([part, problem]): [string, string] => [`${kind}-${part}`, problem])
    .filter(([name]) => form.text(name) === '')
