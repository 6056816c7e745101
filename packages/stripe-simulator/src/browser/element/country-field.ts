import { countries } from '../card/countries.ts'
import { freshId, make } from './dom.ts'
import { languageOf } from './language.ts'

export interface CountryField {
  readonly root: HTMLElement
  readonly select: HTMLSelectElement
}

const homeOf = (language: string): string => {
  const region = new Intl.Locale(language).maximize().region ?? 'US'
  return countries.includes(region) ? region : 'US'
}

/** Country names in the reader's language, sorted as that language sorts; their own country is chosen. */
export const createCountryField = (label: string, locale: string | undefined): CountryField => {
  const id = freshId()
  const language = languageOf(locale)
  const names = new Intl.DisplayNames([language, 'en'], { type: 'region' })
  const collator = new Intl.Collator(language)
  const options = countries
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((one, other) => collator.compare(one.name, other.name))
    .map(({ code, name }) => make('option', { value: code }, name))
  const select = make('select', { id, class: 'sim-input', autocomplete: 'billing country' }, ...options)
  select.value = homeOf(language)
  const control = make('div', { class: 'sim-control sim-select' }, select)
  return {
    root: make('div', { class: 'sim-field' }, make('label', { for: id, class: 'sim-label' }, label), control),
    select,
  }
}
