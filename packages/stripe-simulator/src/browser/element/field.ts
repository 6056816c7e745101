import { digitsOf } from '../card/brand.ts'
import { caretAfter } from '../card/format.ts'
import { freshId, make } from './dom.ts'

export interface Field {
  readonly root: HTMLElement
  readonly input: HTMLInputElement
  readonly label: HTMLLabelElement
  /** Writes as if somebody had typed it. */
  write(text: string): void
  showProblem(message: string | undefined): void
  hasProblem(): boolean
}

export interface FieldInput {
  readonly label: string
  readonly autocomplete: string
  readonly placeholder?: string
  readonly inputMode?: 'numeric' | 'text'
  /** Digits read from left to right, in every script. */
  readonly isNumeric?: boolean
  readonly format?: (text: string) => string
  /** Stands at the end of the field and belongs to its description. */
  readonly mark?: HTMLElement
}

const reformat = (input: HTMLInputElement, format: (text: string) => string): void => {
  const caret = input.selectionStart ?? input.value.length
  const atEnd = caret === input.value.length
  const digitsBefore = digitsOf(input.value.slice(0, caret)).length
  input.value = format(input.value)
  if (atEnd || input.ownerDocument.activeElement !== input) return
  const place = caretAfter(input.value, digitsBefore)
  input.setSelectionRange(place, place)
}

/** A labelled text field whose error is tied to it. */
export const createField = (given: FieldInput): Field => {
  const id = freshId()
  const error = make('p', { id: `${id}-error`, class: 'sim-error', 'aria-live': 'polite' })
  const label = make('label', { for: id, class: 'sim-label' }, given.label)
  const described = given.mark ? `${given.mark.id} ${error.id}` : error.id
  const input = make('input', {
    id,
    class: 'sim-input',
    type: 'text',
    autocomplete: given.autocomplete,
    'aria-describedby': described,
    placeholder: given.placeholder ?? '',
    inputmode: given.isNumeric ? 'numeric' : false,
    dir: given.isNumeric ? 'ltr' : false,
    spellcheck: 'false',
  })
  const { format } = given
  if (format) input.addEventListener('input', () => reformat(input, format))
  const control = make('div', { class: 'sim-control' }, input, ...(given.mark ? [given.mark] : []))

  return {
    root: make('div', { class: 'sim-field' }, label, control, error),
    input,
    label,
    write: (text) => {
      input.value = format ? format(text) : text
    },
    showProblem: (message) => {
      input.setAttribute('aria-invalid', String(message !== undefined))
      if (error.textContent !== (message ?? '')) error.textContent = message ?? ''
    },
    hasProblem: () => error.textContent !== '',
  }
}
