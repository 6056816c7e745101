import type { PaymentMethod } from '@stripe/stripe-js'
import { brandNamed } from '../card/brand.ts'
import { freshId, make } from './dom.ts'
import type { Messages } from './messages.ts'

export interface SavedCards {
  readonly root: HTMLElement
  /** Undefined when another card is to be typed. */
  chosen(): PaymentMethod | undefined
  choose(id: string | undefined): void
}

const expiryOf = ({ exp_month, exp_year }: PaymentMethod.Card): string =>
  `${String(exp_month).padStart(2, '0')} / ${String(exp_year % 100).padStart(2, '0')}`

const choice = (group: string, value: string, ...content: readonly (Node | string)[]): HTMLLabelElement =>
  make('label', { class: 'sim-choice' }, make('input', { type: 'radio', name: group, value }), ...content)

const cardChoice = (group: string, { id, card }: PaymentMethod, messages: Messages): HTMLLabelElement => {
  const brand = make('span', { class: 'sim-mark' }, brandNamed(card?.brand ?? ''))
  const number = make('bdi', {}, `•••• ${card?.last4 ?? ''}`)
  const spoken = make('span', { class: 'sim-spoken' }, messages.endingIn(card?.last4 ?? ''))
  number.setAttribute('aria-hidden', 'true')
  const expiry = make('span', { class: 'sim-quiet' }, `${messages.expires} ${card ? expiryOf(card) : ''}`)
  return choice(group, id, brand, number, spoken, expiry)
}

/** The cards that a customer has used before, the newest chosen, and the way to type another. */
export const createSavedCards = (
  saved: readonly PaymentMethod[],
  messages: Messages,
  onChoose: () => void,
): SavedCards => {
  const group = freshId()
  const root = make(
    'fieldset',
    { class: 'sim-saved' },
    make('legend', { class: 'sim-label' }, messages.savedCards),
    ...saved.map((method) => cardChoice(group, method, messages)),
    choice(group, '', make('span', {}, messages.anotherCard)),
  )
  const inputs = [...root.querySelectorAll('input')]
  const choose = (id = ''): void => {
    for (const input of inputs) input.checked = input.value === id
  }
  choose(saved[0]?.id)
  root.addEventListener('change', onChoose)
  return {
    root,
    chosen: () => saved.find(({ id }) => id === inputs.find(({ checked }) => checked)?.value),
    choose,
  }
}
