import { countries } from '../../browser/card/countries.ts'
import { type Html, html } from '../html.ts'
import type { FormInput } from './form-input.ts'

export interface Choice {
  readonly value: string
  readonly label: string
}

export interface ChoiceFieldInput {
  readonly form: FormInput
  readonly problems: ReadonlyMap<string, string>
  readonly name: string
  readonly label: string
  readonly autocomplete?: string
  readonly choices: readonly Choice[]
  /** Is chosen while nothing else is. */
  readonly value?: string
}

/** A labelled list to choose one from; its problem is tied to it. */
export const choiceField = ({ form, problems, name, label, choices, ...more }: ChoiceFieldInput): Html => {
  const problem = problems.get(name)
  const chosen = form.text(name) || more.value
  const option = (choice: Choice): Html =>
    html`<option value="${choice.value}"${choice.value === chosen && html` selected`}>${choice.label}</option>`
  return html`<div class="field">
<label for="${name}">${label}</label>
<select id="${name}" name="${name}" autocomplete="${more.autocomplete ?? 'off'}"${
    problem !== undefined && html` aria-invalid="true" aria-describedby="${name}-problem"`
  }>${choices.map(option)}</select>
${problem !== undefined && html`<p class="problem" id="${name}-problem">${problem}</p>`}
</div>`
}

const names = new Intl.DisplayNames(['en'], { type: 'region' })

/** Countries by name, of those that are allowed. */
export const countryChoices = (allowed: readonly string[] = countries): Choice[] =>
  allowed
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((one, other) => one.label.localeCompare(other.label, 'en'))
