import type { PaymentMethod } from '@stripe/stripe-js'
import { make } from './dom.ts'
import { createSavedCards } from './saved-cards.ts'
import { createTypedCard, type TypedCard, type TypedCardInput } from './typed-card.ts'

/** A card to pay with: one that was saved before, or one that is typed. */
export interface CardForm extends Omit<TypedCard, 'follow' | 'picker'> {
  /** The saved card that is chosen, if one is. */
  chosen(): PaymentMethod | undefined
  choose(id: string | undefined): void
  /** Whether the typed card is to be found again; undefined where that is not asked. */
  saves(): boolean | undefined
}

export interface CardFormInput extends TypedCardInput {
  readonly saved: readonly PaymentMethod[]
  readonly offersSaving: boolean
}

/** That nothing is real, the saved cards, then the fields of another; what is not chosen is not shown. */
export const createCardForm = ({ saved, offersSaving, ...input }: CardFormInput): CardForm => {
  const typed = createTypedCard(input)
  const tick = make('input', { type: 'checkbox' })
  if (offersSaving) typed.root.append(make('label', { class: 'sim-tick' }, tick, input.messages.save))
  const follow = (): void => {
    const isTyped = cards?.chosen() === undefined
    typed.root.hidden = !isTyped
    typed.picker.hidden = !isTyped
    typed.follow()
  }
  const cards = saved.length === 0 ? undefined : createSavedCards(saved, input.messages, follow)
  const ribbon = make('span', { class: 'sim-ribbon' }, input.messages.simulated)
  const bar = make('div', { class: 'sim-bar' }, ribbon, typed.picker)
  const root = make('div', { class: 'sim-payment' }, bar, ...(cards ? [cards.root] : []), typed.root)
  follow()
  return {
    ...typed,
    root,
    chosen: () => cards?.chosen(),
    saves: () => (offersSaving && cards?.chosen() === undefined ? tick.checked : undefined),
    choose: (id) => {
      cards?.choose(id)
      follow()
    },
    setReadOnly: (isReadOnly) => {
      typed.setReadOnly(isReadOnly)
      for (const choice of cards?.root.querySelectorAll('input') ?? []) choice.disabled = isReadOnly
    },
  }
}
