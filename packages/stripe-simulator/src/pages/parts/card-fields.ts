import { digitsOf } from '../../browser/card/brand.ts'
import { formatExpiry } from '../../browser/card/format.ts'
import { type FieldName, parseExpiry, problemsOf } from '../../browser/card/validate.ts'
import { english } from '../../browser/element/messages.ts'
import type { CardInput } from '../../simulator-core.ts'
import { type Content, html } from '../html.ts'
import { field } from './field.ts'
import type { FormInput } from './form-input.ts'

export type Problems = ReadonlyMap<string, string>

/** The card that somebody typed, or what is wrong with it, by field. */
export const readCard = (form: FormInput): { readonly card: CardInput } | { readonly problems: Problems } => {
  const values = { number: form.text('number'), expiry: formatExpiry(form.text('expiry')), cvc: form.text('cvc') }
  const found = problemsOf({ ...values, country: '', postalCode: '' }, new Date())
  const expiry = parseExpiry(values.expiry)
  if (found.size > 0 || !expiry) return { problems: new Map([...found].map(inWords)) }
  const name = form.text('name')
  const { month: expMonth, year: expYear } = expiry
  return {
    card: { number: digitsOf(values.number), expMonth, expYear, cvc: values.cvc, ...(name === '' ? {} : { name }) },
  }
}

type Problem = ReturnType<typeof problemsOf> extends ReadonlyMap<FieldName, infer P> ? P : never

const inWords = ([name, problem]: [FieldName, Problem]): [string, string] => [name, english.problems[problem]]

/** Number, expiry, code and name of a card, with what is wrong beside each. */
export const cardFields = (form: FormInput, problems: Problems): Content => {
  const common = { form, problems, isNumeric: true }
  return html`
${field({ ...common, name: 'number', label: english.number, autocomplete: 'cc-number', placeholder: '1234 1234 1234 1234' })}
<div class="pair">
${field({ ...common, name: 'expiry', label: english.expiry, autocomplete: 'cc-exp', placeholder: english.expiryHint })}
${field({ ...common, name: 'cvc', label: english.cvc, autocomplete: 'cc-csc', placeholder: english.cvcHint })}
</div>
${field({ form, problems, name: 'name', label: 'Name on card', autocomplete: 'cc-name' })}`
}
