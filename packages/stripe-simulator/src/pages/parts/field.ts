import { type Html, html } from '../html.ts'
import type { FormInput } from './form-input.ts'

export interface FieldInput {
  readonly form: FormInput
  readonly problems: ReadonlyMap<string, string>
  readonly name: string
  readonly label: string
  readonly autocomplete: string
  readonly type?: 'email' | 'tel' | 'text'
  readonly placeholder?: string
  readonly isNumeric?: boolean
  /** Stands in the field when nothing was typed yet. */
  readonly value?: string
}

/** A labelled field; its problem is tied to it. */
export const field = ({ form, problems, name, label, autocomplete, ...more }: FieldInput): Html => {
  const problem = problems.get(name)
  return html`<div class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${more.type ?? 'text'}" autocomplete="${autocomplete}" placeholder="${more.placeholder}"
 value="${form.text(name) || more.value}"${more.isNumeric && html` inputmode="numeric" dir="ltr"`}${
   problem !== undefined && html` aria-invalid="true" aria-describedby="${name}-problem"`
 }>
${problem !== undefined && html`<p class="problem" id="${name}-problem">${problem}</p>`}
</div>`
}
