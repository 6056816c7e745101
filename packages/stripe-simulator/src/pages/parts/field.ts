import { type Content, type Html, html } from '../html.ts'
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

const problemOf = (name: string, problem: string | undefined): Content =>
  problem !== undefined && html`<p class="problem" id="${name}-problem">${problem}</p>`

const tied = (name: string, problem: string | undefined): Content =>
  problem !== undefined && html` aria-invalid="true" aria-describedby="${name}-problem"`

export interface SelectInput extends Omit<FieldInput, 'isNumeric' | 'placeholder' | 'type'> {
  /** By value, in order. An empty value is a choice that is still to be made. */
  readonly options: readonly (readonly [string, string])[]
}

/** A labelled choice among many. */
export const selectField = ({ form, problems, name, label, autocomplete, options, value = '' }: SelectInput): Html => {
  const problem = problems.get(name)
  const chosen = form.text(name) || value
  const option = ([code, words]: readonly [string, string]): Html =>
    html`<option value="${code}"${code === chosen && html` selected`}>${words}</option>`
  return html`<div class="field"><label for="${name}">${label}</label>
<select id="${name}" name="${name}" autocomplete="${autocomplete}"${tied(name, problem)}>${options.map(option)}</select>
${problemOf(name, problem)}</div>`
}

/** A labelled field; its problem is tied to it. */
export const field = ({ form, problems, name, label, autocomplete, ...more }: FieldInput): Html => {
  const problem = problems.get(name)
  return html`<div class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${more.type ?? 'text'}" autocomplete="${autocomplete}" placeholder="${more.placeholder}"
 value="${form.text(name) || more.value}"${more.isNumeric && html` inputmode="numeric" dir="ltr"`}${tied(name, problem)}>
${problemOf(name, problem)}
</div>`
}
