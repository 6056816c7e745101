import type { Invoice, InvoiceLine } from '../../domain/objects/invoice.ts'
import { type Content, type Html, html } from '../html.ts'
import { cardFields, type Problems, testCardBar } from '../parts/card-fields.ts'
import { day, money, spoken } from '../parts/display.ts'
import type { FormInput } from '../parts/form-input.ts'
import { page, said } from '../parts/layout.ts'
import type { Notice } from '../parts/notices.ts'

export interface InvoiceView extends Notice {
  readonly form: FormInput
  readonly problems: Problems
}

const lineRow = ({ amount, currency, description, period, quantity }: InvoiceLine): Html => html`
<tr><th scope="row">${description ?? 'Item'}<span class="quiet">${day(period.start)} – ${day(period.end)}</span></th>
<td>${quantity}</td><td class="amount">${money(amount, currency)}</td></tr>`

const totalRow = (label: string, amount: string): Html => html`
<tr><th scope="row" colspan="2">${label}</th><td class="amount">${amount}</td></tr>`

const discountOf = ({ total_discount_amounts: discounts }: Invoice): number =>
  (discounts ?? []).reduce((sum, { amount }) => sum + amount, 0)

const table = (invoice: Invoice): Html => {
  const { currency, subtotal, total, amount_due: due, pre_payment_credit_notes_amount: credited } = invoice
  const discount = discountOf(invoice)
  return html`<div class="scroll" role="region" aria-label="Invoice lines" tabindex="0"><table>
<thead><tr><th scope="col">Description</th><th scope="col">Quantity</th><th scope="col" class="amount">Amount</th></tr></thead>
<tbody>${invoice.lines.data.map(lineRow)}</tbody>
<tfoot>${discount > 0 && [totalRow('Subtotal', money(subtotal, currency)), totalRow('Discount', money(-discount, currency))]}
${totalRow('Total', money(total, currency))}${credited > 0 && totalRow('Credited', money(-credited, currency))}${due !== total && totalRow('Amount due', money(due, currency))}</tfoot></table></div>`
}

const payForm = ({ id, amount_remaining: remaining, currency }: Invoice, view: InvoiceView): Content => {
  const path = `/_simulator/invoice/${id}`
  return html`<form method="post" action="${path}" novalidate data-once>
<fieldset><legend>Pay this invoice</legend>${testCardBar(path)}${cardFields(view.form, view.problems)}</fieldset>
<button class="primary">Pay ${money(remaining, currency)}</button></form>`
}

/** An invoice as its customer sees it; while it is open, it can be paid here. */
export const invoicePage = (invoice: Invoice, view: InvoiceView): string => {
  const name = `Invoice ${invoice.number ?? 'draft'}`
  return page({
    title: name,
    body: html`<section class="panel"><h1>${name}</h1>
<p class="quiet">${day(invoice.created)} · <span class="status" data-status="${invoice.status}">${spoken(invoice.status)}</span></p>
${said(view)}
${table(invoice)}
${invoice.status === 'open' && payForm(invoice, view)}</section>`,
  })
}
