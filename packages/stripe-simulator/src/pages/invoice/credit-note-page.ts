import type { CreditNote, CreditNoteLine } from '../../domain/objects/credit-note.ts'
import { type Html, html } from '../html.ts'
import { day, money, spoken } from '../parts/display.ts'
import { page } from '../parts/layout.ts'

const lineRow = (currency: string, { description, quantity, amount, discount_amount: off }: CreditNoteLine): Html =>
  html`<tr><th scope="row">${description ?? 'Item'}</th><td>${quantity ?? ''}</td>
<td class="amount">${money(amount - off, currency)}</td></tr>`

const table = ({ currency, lines, total }: CreditNote): Html => html`
<div class="scroll" role="region" aria-label="Credit note lines" tabindex="0"><table>
<thead><tr><th scope="col">Description</th><th scope="col">Quantity</th><th scope="col" class="amount">Amount</th></tr></thead>
<tbody>${lines.data.map((line) => lineRow(currency, line))}</tbody>
<tfoot><tr><th scope="row" colspan="2">Total credited</th><td class="amount">${money(total, currency)}</td></tr></tfoot>
</table></div>`

/** A credit note as its customer sees it. */
export const creditNotePage = (note: CreditNote): string => {
  const name = `Credit note ${note.number}`
  return page({
    title: name,
    body: html`<section class="panel"><h1>${name}</h1>
<p class="quiet">${day(note.created)} · <span class="status" data-status="${note.status}">${spoken(note.status)}</span></p>
${note.memo !== null && html`<p>${note.memo}</p>`}${table(note)}
<p><a href="/_simulator/invoice/${note.invoice}">The invoice</a></p></section>`,
  })
}
