import type { PaymentMethod } from '@stripe/stripe-js'
import { make } from './dom.ts'
import { createSavedCards } from './saved-cards.ts'
import { createTypedCard, type TypedCard, type TypedCardInput } from './typed-card.ts'

/** A card to pay with: one that was saved before, or one that is typed. */
export interface CardForm extends Omit<TypedCard, 'follow'> {
  /** The saved card that is chosen, if one is. */
  chosen(): PaymentMethod | undefined
  choose(id: string | undefined): void
}

export interface CardFormInput extends TypedCardInput {
  readonly saved: readonly PaymentMethod[]
}

/** The saved cards first, then the fields of another; what is not chosen is not shown. */
export const createCardForm = ({ saved, ...input }: CardFormInput): CardForm => {
  const typed = createTypedCard(input)
  const follow = (): void => {
    typed.root.hidden = cards?.chosen() !== undefined
    typed.follow()
  }
  const cards = saved.length === 0 ? undefined : createSavedCards(saved, input.messages, follow)
  const root = make('div', { class: 'sim-payment' }, ...(cards ? [cards.root] : []), typed.root)
  follow()
  return {
    ...typed,
    root,
    chosen: () => cards?.chosen(),
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
