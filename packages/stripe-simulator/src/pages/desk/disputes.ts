import type { Dispute } from '../../domain/objects/dispute.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import { moment, money, spoken } from '../parts/display.ts'
import { shown, status, table } from './tables.ts'

const undecided = ['needs_response', 'under_review']

const decide = ({ id, status: now }: Dispute): Content =>
  undecided.includes(now) &&
  html`<form class="actions" method="post" action="/_simulator/desk/decide"><input type="hidden" name="dispute" value="${id}">
<button class="second small" name="outcome" value="won" aria-label="Won: the business keeps the money of ${id}">Won</button>
<button class="second small" name="outcome" value="lost" aria-label="Lost: the cardholder keeps the money of ${id}">Lost</button></form>`

const disputeRow = (dispute: Dispute): Html => html`
<tr><th scope="row">${money(dispute.amount, dispute.currency)}</th><td>${status(dispute.status)}</td>
<td>${spoken(dispute.reason)}</td><td><code>${dispute.charge}</code></td><td>${moment(dispute.created)}</td><td>${decide(dispute)}</td></tr>`

export const disputes = (core: SimulatorCore): Html =>
  table({
    id: 'disputes',
    title: 'Disputes',
    columns: ['Amount', 'Status', 'Reason', 'Charge', 'Since', 'The bank decides'],
    rows: core.list('dispute').slice(0, shown).map(disputeRow),
    empty: 'None. A disputing test card raises one, and so does the button beside a payment.',
  })
