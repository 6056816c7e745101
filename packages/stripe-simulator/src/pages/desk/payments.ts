import type { Charge, PaymentIntent } from '../../domain/objects/payment.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import { moment, money } from '../parts/display.ts'
import { nameOf, shown, status, table } from './tables.ts'

const settle = ({ id, amount, currency }: PaymentIntent): Html => {
  const about = `the debit of ${money(amount, currency)}, ${id}`
  return html`<form class="actions" method="post" action="/_simulator/desk/settle"><input type="hidden" name="intent" value="${id}">
<button class="second small" name="outcome" value="succeed" aria-label="Succeed: ${about}">Succeed</button>
<button class="second small" name="outcome" value="fail" aria-label="Fail: ${about}">Fail</button></form>`
}

const isDisputable = (charge: Charge): boolean =>
  charge.status === 'succeeded' && charge.captured && charge.disputed !== true && !charge.refunded

const dispute = ({ id, amount, currency }: Charge): Html => html`
<form class="actions" method="post" action="/_simulator/desk/dispute"><button class="second small" name="charge" value="${id}"
 aria-label="Dispute the charge of ${money(amount, currency)}, ${id}">Dispute</button></form>`

const answer = ({ id }: PaymentIntent): Html =>
  html`<a href="/_simulator/challenge/${id}" aria-label="Answer the bank about ${id}">Answer the bank</a>`

const deposits = ({ id }: PaymentIntent): Html =>
  html`<a href="/_simulator/microdeposits/${id}" aria-label="Verify the account of ${id}">Verify the account</a>`

/** What somebody at the bank could do about a payment now. */
const act = (core: SimulatorCore, intent: PaymentIntent): Content => {
  if (intent.status === 'processing') return settle(intent)
  if (intent.status === 'requires_action') {
    return intent.next_action?.type === 'verify_with_microdeposits' ? deposits(intent) : answer(intent)
  }
  const charge = core.find('charge', intent.latest_charge ?? '')
  return charge && isDisputable(charge) && dispute(charge)
}

const paymentRow = (core: SimulatorCore, intent: PaymentIntent): Html => html`
<tr><th scope="row">${money(intent.amount, intent.currency)}</th><td>${status(intent.status)}</td>
<td>${nameOf(core, intent.customer)}</td><td>${intent.last_payment_error?.message ?? html`<span class="quiet">–</span>`}</td>
<td><code>${intent.id}</code></td><td>${moment(intent.created)}</td><td>${act(core, intent)}</td></tr>`

export const payments = (core: SimulatorCore): Html =>
  table({
    id: 'payments',
    title: 'Payments',
    columns: ['Amount', 'Status', 'Customer', 'Trouble', 'Id', 'Created', 'The bank'],
    rows: core
      .list('payment_intent')
      .slice(0, shown)
      .map((intent) => paymentRow(core, intent)),
    empty: 'None yet. Buy something in the shop.',
  })
