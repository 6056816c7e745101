import { invalidRequest, missingParam } from '../../domain/failure.ts'
import type { CustomField } from '../../domain/objects/checkout-parts.ts'

interface TypedInput {
  readonly default_value?: string
  readonly maximum_length?: number
  readonly minimum_length?: number
}

export interface CustomFieldInput {
  readonly dropdown?: { readonly default_value?: string; readonly options: { label: string; value: string }[] }
  readonly key: string
  readonly label: { readonly custom: string; readonly type: 'custom' }
  readonly numeric?: TypedInput
  readonly optional?: boolean
  readonly text?: TypedInput
  readonly type: CustomField['type']
}

const typed = (given: TypedInput = {}) => ({
  default_value: given.default_value ?? null,
  maximum_length: given.maximum_length ?? null,
  minimum_length: given.minimum_length ?? null,
  value: null,
})

const dropdownOf = ({ dropdown }: CustomFieldInput, param: string): NonNullable<CustomField['dropdown']> => {
  if (!dropdown) throw missingParam(`${param}[dropdown]`)
  return { default_value: dropdown.default_value ?? null, options: dropdown.options, value: null }
}

const partOf = (given: CustomFieldInput, param: string): Partial<CustomField> => {
  if (given.type === 'dropdown') return { dropdown: dropdownOf(given, param) }
  return given.type === 'numeric' ? { numeric: typed(given.numeric) } : { text: typed(given.text) }
}

const toField = (given: CustomFieldInput, param: string): CustomField => {
  if (!/^[a-zA-Z0-9]{1,200}$/.test(given.key)) {
    throw invalidRequest('Custom field keys must be alphanumeric and up to 200 characters.', { param: `${param}[key]` })
  }
  if (given.label.custom.length > 50) {
    throw invalidRequest('Custom field labels can be up to 50 characters.', { param: `${param}[label][custom]` })
  }
  const { key, label, type } = given
  return {
    key,
    label: { custom: label.custom, type: label.type },
    optional: given.optional ?? false,
    type,
    ...partOf(given, param),
  }
}

/** The questions that a session asks beside Stripe's own. */
export const customFields = (given: readonly CustomFieldInput[] = []): CustomField[] => {
  const param = 'custom_fields'
  if (given.length > 3) throw invalidRequest('You can only have up to 3 custom fields.', { param })
  if (new Set(given.map(({ key }) => key)).size < given.length) {
    throw invalidRequest('Custom field keys must be unique.', { param })
  }
  return given.map((field, index) => toField(field, `${param}[${index}]`))
}

const shortage = (value: string, { minimum_length, maximum_length }: NonNullable<CustomField['text']>) => {
  if (minimum_length !== null && value.length < minimum_length) return `Enter at least ${minimum_length} characters.`
  return maximum_length !== null && value.length > maximum_length
    ? `Enter at most ${maximum_length} characters.`
    : undefined
}

/** What is wrong with an answer; undefined when it will do. */
export const answerProblem = (field: CustomField, value: string): string | undefined => {
  if (value === '') return field.optional ? undefined : `Answer “${field.label.custom}”.`
  if (field.dropdown) return field.dropdown.options.some((option) => option.value === value) ? undefined : 'Choose one.'
  if (field.type === 'numeric' && !/^\d+$/.test(value)) return 'Enter digits only.'
  const bounds = field.text ?? field.numeric
  return bounds && shortage(value, bounds)
}

const answered = (field: CustomField, value: string): CustomField => {
  const problem = answerProblem(field, value)
  if (problem !== undefined) throw invalidRequest(problem, { param: `custom_fields[${field.key}]` })
  const part = { [field.type]: { ...field[field.type], value: value === '' ? null : value } }
  return { ...field, ...part }
}

/** The fields with what the buyer answered, checked as the page checks it. */
export const answerFields = (
  fields: readonly CustomField[],
  answers: Readonly<Record<string, string>> = {},
): CustomField[] => fields.map((field) => answered(field, answers[field.key] ?? field[field.type]?.default_value ?? ''))
