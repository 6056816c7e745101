import { brandOf } from '../card/brand.ts'
import { formatCvc, formatExpiry, formatNumber } from '../card/format.ts'
import { asksPostalCode, type CardValues, type FieldName, problemsOf } from '../card/validate.ts'
import { createCountryField } from './country-field.ts'
import { freshId, make } from './dom.ts'
import { createField, type Field } from './field.ts'
import type { Messages } from './messages.ts'
import { createTestCardPicker, sampleOf } from './test-card-picker.ts'

/** A card that is typed, and nothing that is known before. */
export interface TypedCard {
  readonly root: HTMLElement
  /** Fills the form with a test card; stands where the form's owner puts it. */
  readonly picker: HTMLElement
  values(): CardValues
  write(values: Partial<CardValues>): void
  /** Looks again at what is typed, and tells of it. */
  follow(): void
  /** Shows every problem, takes the focus to the first, and says whether there was one. */
  refuse(): boolean
  setReadOnly(isReadOnly: boolean): void
}

export interface TypedCardInput {
  readonly messages: Messages
  readonly locale: string | undefined
  readonly asksCountry: boolean
  readonly onInput: () => void
}

type Fields = Readonly<Record<FieldName, Field>>

const createFields = (messages: Messages, brand: HTMLElement): Fields => {
  const number = createField({
    label: messages.number,
    autocomplete: 'cc-number',
    placeholder: '1234 1234 1234 1234',
    isNumeric: true,
    format: formatNumber,
    mark: brand,
  })
  return {
    number,
    expiry: createField({
      label: messages.expiry,
      autocomplete: 'cc-exp',
      placeholder: messages.expiryHint,
      isNumeric: true,
      format: formatExpiry,
    }),
    cvc: createField({
      label: messages.cvc,
      autocomplete: 'cc-csc',
      placeholder: messages.cvcHint,
      isNumeric: true,
      format: (text) => formatCvc(text, number.input.value),
    }),
    postalCode: createField({ label: messages.postal.other, autocomplete: 'billing postal-code' }),
  }
}

/** The fields of a card, in the page itself: label, formatting, brand and errors of each. */
export const createTypedCard = ({ messages, locale, asksCountry, onInput }: TypedCardInput): TypedCard => {
  const brand = make('span', { id: freshId(), class: 'sim-brand' })
  const fields = createFields(messages, brand)
  const country = createCountryField(messages.country, locale)
  const entries = Object.entries(fields) as [FieldName, Field][]

  const values = (): CardValues => ({
    number: fields.number.input.value,
    expiry: fields.expiry.input.value,
    cvc: fields.cvc.input.value,
    country: asksCountry ? country.select.value : '',
    postalCode: asksCountry && asksPostalCode(country.select.value) ? fields.postalCode.input.value : '',
  })
  const showProblem = (name: FieldName): void => {
    const problem = problemsOf(values(), new Date()).get(name)
    fields[name].showProblem(problem && messages.problems[problem])
  }
  const follow = (): void => {
    brand.textContent = brandOf(fields.number.input.value).name
    fields.postalCode.root.hidden = !asksPostalCode(country.select.value)
    fields.postalCode.label.textContent = messages.postal[country.select.value === 'US' ? 'US' : 'other']
    for (const [name, field] of entries) if (field.hasProblem()) showProblem(name)
    onInput()
  }
  const write = (given: Partial<CardValues>): void => {
    for (const [name, field] of entries) field.write(given[name] ?? field.input.value)
    country.select.value = given.country ?? country.select.value
    follow()
  }
  for (const [name, { input }] of entries) {
    input.addEventListener('blur', () => input.value !== '' && showProblem(name))
  }
  const picker = createTestCardPicker(messages, (number) => write(sampleOf(number, country.select.value)))
  const address = asksCountry
    ? [make('div', { class: 'sim-row sim-address' }, country.root, fields.postalCode.root)]
    : []
  const pair = make('div', { class: 'sim-row' }, fields.expiry.root, fields.cvc.root)
  const root = make('div', { class: 'sim-new' }, fields.number.root, pair, ...address)
  root.addEventListener('input', follow)

  return {
    root,
    picker,
    values,
    write,
    follow,
    refuse: () => {
      for (const [name] of entries) showProblem(name)
      const first = entries.find(([, field]) => field.hasProblem())
      first?.[1].input.focus()
      return first !== undefined
    },
    setReadOnly: (isReadOnly) => {
      for (const [, { input }] of entries) input.readOnly = isReadOnly
      for (const select of root.querySelectorAll('select')) select.disabled = isReadOnly
    },
  }
}
