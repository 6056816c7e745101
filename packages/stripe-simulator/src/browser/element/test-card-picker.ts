import { brandOf } from '../card/brand.ts'
import { testCards } from '../card/test-cards.ts'
import type { CardValues } from '../card/validate.ts'
import { make } from './dom.ts'
import type { Messages } from './messages.ts'

/** Offers the cards that play each part. */
export const createTestCardPicker = (messages: Messages, onPick: (number: string) => void): HTMLElement => {
  const offers = testCards.map(({ number, outcome }) =>
    make('option', { value: number }, `${outcome[messages.language]} · ${number.slice(-4)}`),
  )
  const select = make(
    'select',
    { class: 'sim-picker', 'aria-label': messages.fillWith, autocomplete: 'off' },
    make('option', { value: '' }, messages.fillWith),
    ...offers,
  )
  select.addEventListener('change', () => {
    if (select.value !== '') onPick(select.value)
  })
  return select
}

const postalCodes: Readonly<Record<string, string>> = { US: '10001', CA: 'K1A 0B1', GB: 'SW1A 1AA' }

/** All that a form asks beside the number: Stripe's test mode takes any date to come and any code. */
export const sampleOf = (number: string, country: string): Partial<CardValues> => ({
  number,
  expiry: `12${String((new Date().getFullYear() + 1) % 100).padStart(2, '0')}`,
  cvc: '1234'.slice(0, brandOf(number).cvcLength),
  postalCode: postalCodes[country] ?? '',
})
