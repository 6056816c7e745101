import type { Request } from 'express'
import { formatCvc, formatNumber } from '../../browser/card/format.ts'
import { testCards } from '../../browser/card/test-cards.ts'
import type { MethodType } from '../../domain/offered-methods.ts'
import { type Html, html } from '../html.ts'
import { type FormInput, queryText } from './form-input.ts'

type Values = Readonly<Record<string, string>>

interface Sample {
  readonly outcome: string
  /** The number as Stripe writes it: what a link names. */
  readonly number: string
  /** What stands in the form's fields, by name. */
  readonly values: Values
}

const nextYear = (): string => `12 / ${String((new Date().getFullYear() + 1) % 100).padStart(2, '0')}`

const cards = (): Sample[] =>
  testCards.map(({ number, outcome }) => ({
    outcome: outcome.en,
    number,
    values: { method: 'card', number: formatNumber(number), expiry: nextYear(), cvc: formatCvc('1234', number) },
  }))

const account = (outcome: string, number: string): Sample => ({
  outcome,
  number,
  values: { method: 'us_bank_account', routingNumber: '110000000', accountNumber: number, accountName: 'Jenny Rosen' },
})

const iban = (outcome: string, number: string): Sample => ({
  outcome,
  number,
  values: { method: 'sepa_debit', iban: number, ibanName: 'Jenny Rosen' },
})

const samples: Readonly<Record<MethodType, () => readonly Sample[]>> = {
  card: cards,
  us_bank_account: () => [
    account('Debit succeeds', '000123456789'),
    account('Insufficient funds', '000222222227'),
    account('Account closed', '000111111113'),
    account('No such account', '000111111116'),
    account('Debit not authorized', '000333333335'),
    account('Succeeds, is disputed', '000555555559'),
    account('Weekly limit exceeded', '000777777771'),
    account('Stays underway', '000000000009'),
  ],
  sepa_debit: () => [
    iban('Debit succeeds', 'DE89370400440532013000'),
    iban('Succeeds later', 'DE08370400440532013003'),
    iban('Debit fails', 'DE62370400440532013001'),
    iban('Fails later', 'DE78370400440532013004'),
    iban('Insufficient funds', 'DE65370400440002222227'),
    iban('Succeeds, is disputed', 'DE35370400440532013002'),
  ],
}

const offer =
  (path: string) =>
  ({ outcome, number, values }: Sample): Html =>
    html`
<li><a href="${path}?sample=${number}" data-fill="${JSON.stringify(values)}">
<span>${outcome}</span> <code>${number.slice(-4)}</code></a></li>`

/** Test cards, or test accounts, one click away. Without the script, the page comes back with the form filled in. */
export const testBar = (path: string, type: MethodType): Html => html`
<details class="test-cards"><summary>Fill with a test ${type === 'card' ? 'card' : 'account'}</summary>
<ul>${samples[type]().map(offer(path))}</ul></details>`

/** A form that is filled with the sample that the query names, if it names one. */
export const sampleForm = (request: Request): FormInput => {
  const number = queryText(request, 'sample') || queryText(request, 'card')
  const found = Object.values(samples)
    .flatMap((list) => list())
    .find((sample) => sample.number === number)
  return { text: (name) => found?.values[name] ?? '' }
}
