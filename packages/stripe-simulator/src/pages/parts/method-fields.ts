import type { MethodType } from '../../domain/offered-methods.ts'
import type { TypedMethod } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import { cardFields, type Problems, readCard } from './card-fields.ts'
import { accountFields, ibanFields, readAccount, readIban } from './debit-fields.ts'
import type { FormInput } from './form-input.ts'
import { methodNames } from './method-words.ts'
import { testBar } from './test-bar.ts'

export interface MethodForm {
  readonly path: string
  readonly offered: readonly MethodType[]
  readonly form: FormInput
  readonly problems: Problems
  /** What the fields are about, where there is only one kind: `Card`, `New card`. */
  readonly legend: string
}

const fieldsOf: Readonly<Record<MethodType, (form: FormInput, problems: Problems) => Content>> = {
  card: cardFields,
  sepa_debit: ibanFields,
  us_bank_account: accountFields,
}

const chosenOf = (form: FormInput, offered: readonly MethodType[]): MethodType =>
  offered.find((type) => type === form.text('method')) ?? offered[0] ?? 'card'

const choice = (type: MethodType, isChosen: boolean): Html => html`
<label class="choice"><input type="radio" name="method" value="${type}"${isChosen && html` checked`}> ${methodNames[type]}</label>`

const section = ({ path, form, problems }: MethodForm, type: MethodType, legend: Content): Html => html`
<fieldset data-method="${type}">${legend}${testBar(path, type)}${fieldsOf[type](form, problems)}</fieldset>`

/** The fields of the one method that is offered, or a choice of methods and the fields of the chosen one. */
export const methodFields = (view: MethodForm): Html => {
  const { offered, form, legend } = view
  const [only = 'card'] = offered
  if (offered.length <= 1)
    return section(view, only, html`<legend>${only === 'card' ? legend : methodNames[only]}</legend>`)
  const chosen = chosenOf(form, offered)
  return html`<fieldset class="methods"><legend>Payment method</legend>${offered.map((type) => choice(type, type === chosen))}</fieldset>
${offered.map((type) => section(view, type, html`<legend class="unseen">${methodNames[type]}</legend>`))}`
}

const readers: Readonly<Record<MethodType, (form: FormInput) => TypedMethod | { readonly problems: Problems }>> = {
  card: readCard,
  sepa_debit: readIban,
  us_bank_account: readAccount,
}

/** What somebody pays with, as they typed it, or what is wrong with it. */
export const readMethod = (
  form: FormInput,
  offered: readonly MethodType[],
): { readonly method: TypedMethod } | { readonly problems: Problems } => {
  const read = readers[chosenOf(form, offered)](form)
  return 'problems' in read ? read : { method: read }
}
