import type { CardMethod } from '../backend.ts'
import { brandOf } from '../card/brand.ts'
import { testCards } from '../card/test-cards.ts'
import { freshId, make } from './dom.ts'
import type { Messages } from './messages.ts'
import { openModal } from './modal.ts'

export interface SheetRate {
  readonly id: string
  readonly amount: number
  readonly displayName: string
}

/** What the sheet of a wallet shows. Amounts are in words already. */
export interface SheetContent {
  readonly messages: Messages
  readonly amount: string | undefined
  readonly lines: readonly { readonly name: string; readonly amount: string }[]
  readonly rates: readonly { readonly id: string; readonly label: string }[]
}

export interface Sheet {
  readonly close: () => void
  /** Back to the question, and why. */
  readonly fail: (message: string) => void
  readonly show: (content: SheetContent) => void
}

export interface SheetInput {
  readonly content: SheetContent
  readonly onPay: (number: string) => void
  readonly onCancel: () => void
  readonly onRate: (id: string) => void
}

/** The card behind a wallet, as it comes to Stripe. */
export const walletCard = (number: string, billing_details: CardMethod['billing_details']): CardMethod => ({
  card: {
    number,
    exp_month: 12,
    exp_year: new Date().getFullYear() + 1,
    cvc: '1234'.slice(0, brandOf(number).cvcLength),
  },
  billing_details,
})

const field = (label: string, select: HTMLSelectElement): HTMLElement => {
  const id = freshId()
  select.id = id
  return make('div', { class: 'sim-field' }, make('label', { for: id }, label), select)
}

const cardSelect = ({ language }: Messages): HTMLSelectElement =>
  make(
    'select',
    {},
    ...testCards.map(({ number, outcome }) =>
      make('option', { value: number }, `${outcome[language]} · ${number.slice(-4)}`),
    ),
  )

const rateSelect = ({ rates }: SheetContent): HTMLSelectElement =>
  make('select', {}, ...rates.map(({ id, label }) => make('option', { value: id }, label)))

const list = ({ lines }: SheetContent): readonly Node[] => {
  const rows = lines.map(({ name, amount }) => make('div', {}, make('dt', {}, name), make('dd', {}, amount)))
  return rows.length === 0 ? [] : [make('dl', {}, ...rows)]
}

/** The sheet that a wallet opens: what is paid, with which card, and the two ways out of it. */
export const openSheet = ({ content, onPay, onCancel, onRate }: SheetInput): Sheet => {
  const { express, simulated } = content.messages
  const [title, body] = [freshId(), freshId()]
  const amount = make('p', { class: 'sim-amount' }, content.amount ?? '')
  const lines = make('div', {}, ...list(content))
  const cards = cardSelect(content.messages)
  const trouble = make('p', { class: 'sim-trouble', role: 'alert' })
  const cancel = make('button', { type: 'button' }, express.cancel)
  const pay = make('button', { type: 'button', value: 'complete' }, express.pay)
  const rates = rateSelect(content)
  const delivery = content.rates.length === 0 ? [] : [field(express.delivery, rates)]
  const dialog = make(
    'dialog',
    { class: 'sim-challenge', 'aria-labelledby': title, 'aria-describedby': body },
    make('span', { class: 'sim-ribbon' }, simulated),
    make('h2', { id: title }, express.name),
    amount,
    make('p', { id: body }, express.body),
    lines,
    ...delivery,
    field(express.card, cards),
    trouble,
    make('div', { class: 'sim-actions' }, cancel, pay),
  )
  const setBusy = (isBusy: boolean): void => {
    pay.textContent = isBusy ? express.waiting : express.pay
    pay.disabled = isBusy
    cancel.disabled = isBusy
  }
  const modal = openModal(dialog, () => onCancel())
  pay.addEventListener('click', () => {
    setBusy(true)
    trouble.textContent = ''
    onPay(cards.value)
  })
  cancel.addEventListener('click', () => {
    modal.close()
    onCancel()
  })
  rates.addEventListener('change', () => onRate(rates.value))
  pay.focus()
  return {
    close: modal.close,
    fail: (message) => {
      setBusy(false)
      trouble.textContent = message
      pay.focus()
    },
    show: (now) => {
      amount.textContent = now.amount ?? ''
      lines.replaceChildren(...list(now))
    },
  }
}
