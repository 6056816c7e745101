import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import type { FormInput } from '../parts/form-input.ts'

const brands: Readonly<Record<string, string>> = { amex: 'Amex', mastercard: 'Mastercard', visa: 'Visa' }

const cardChoice = ({ id, card }: PaymentMethod, isChosen: boolean): Html => html`
<label class="choice"><input type="radio" name="saved" value="${id}"${isChosen && html` checked`}>
<span>${brands[card.brand] ?? card.brand} ending in ${card.last4} <span class="quiet">expires ${String(card.exp_month).padStart(2, '0')}/${card.exp_year % 100}</span></span></label>`

/** The saved card that is chosen: the newest, until somebody wants another. */
export const chosenCard = (core: SimulatorCore, sessionId: string, form: FormInput): PaymentMethod | undefined => {
  const cards = core.savedMethods(sessionId)
  const chosen = form.text('saved')
  if (chosen === 'new' || (chosen === '' && form.text('number') !== '')) return undefined
  return cards.find(({ id }) => id === chosen) ?? cards[0]
}

/** Cards that were used here before, and the way to use another. */
export const savedCards = (core: SimulatorCore, sessionId: string, form: FormInput): Content => {
  const cards = core.savedMethods(sessionId)
  if (cards.length === 0) return null
  const chosen = chosenCard(core, sessionId, form)
  return html`<fieldset><legend>Saved cards</legend>${cards.map((method) => cardChoice(method, method.id === chosen?.id))}
<label class="choice"><input type="radio" name="saved" value="new"${!chosen && html` checked`}><span>Another card</span></label></fieldset>`
}
