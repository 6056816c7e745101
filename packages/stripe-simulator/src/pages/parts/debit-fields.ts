import { isIban } from '../../domain/test-ibans.ts'
import type { BankDebitInput } from '../../simulator-core.ts'
import { type Content, html } from '../html.ts'
import type { Problems } from './card-fields.ts'
import { field } from './field.ts'
import type { FormInput } from './form-input.ts'

type Read = { readonly bankDebit: BankDebitInput } | { readonly problems: Problems }

const mandate = html`<p class="quiet">By going on you allow this business to debit the account, now and, for what you subscribe to, later. Whether there is money on it is known days later.</p>`

/** Routing number, account number and owner of a US account. */
export const accountFields = (form: FormInput, problems: Problems): Content => {
  const common = { form, problems, autocomplete: 'off', isNumeric: true }
  return html`
<div class="pair">${field({ ...common, name: 'routingNumber', label: 'Routing number', placeholder: '110000000' })}
${field({ ...common, name: 'accountNumber', label: 'Account number', placeholder: '000123456789' })}</div>
${field({ form, problems, name: 'accountName', label: 'Name on account', autocomplete: 'name' })}${mandate}`
}

/** IBAN and owner of a European account. */
export const ibanFields = (form: FormInput, problems: Problems): Content => html`
${field({ form, problems, name: 'iban', label: 'IBAN', autocomplete: 'off', placeholder: 'DE00 0000 0000 0000 0000 00' })}
${field({ form, problems, name: 'ibanName', label: 'Name on account', autocomplete: 'name' })}${mandate}`

const found = (checks: Readonly<Record<string, string | false>>): Map<string, string> =>
  new Map(Object.entries(checks).flatMap(([name, problem]) => (problem === false ? [] : [[name, problem]])))

const lacksName = (name: string): string | false => name === '' && 'Enter the name of the account’s owner.'

export const readAccount = (form: FormInput): Read => {
  const [routingNumber, accountNumber, name] = [
    form.text('routingNumber'),
    form.text('accountNumber'),
    form.text('accountName'),
  ]
  const problems = found({
    routingNumber: !/^\d{9}$/.test(routingNumber) && 'A routing number has nine digits.',
    accountNumber: !/^\d{4,17}$/.test(accountNumber) && 'Enter the account number.',
    accountName: lacksName(name),
  })
  if (problems.size > 0) return { problems }
  return { bankDebit: { type: 'us_bank_account', routingNumber, accountNumber, name } }
}

export const readIban = (form: FormInput): Read => {
  const [iban, name] = [form.text('iban').replaceAll(' ', '').toUpperCase(), form.text('ibanName')]
  const problems = found({
    iban: !isIban(iban) && 'This is no IBAN: look again at its digits.',
    ibanName: lacksName(name),
  })
  return problems.size > 0 ? { problems } : { bankDebit: { type: 'sepa_debit', iban, name } }
}
