import type { Customer } from '../../domain/objects/customer.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import { moment, money, spoken } from '../parts/display.ts'
import { nextStep, planOf } from '../portal/portal-words.ts'

export interface TableInput {
  readonly id: string
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly Html[]
  /** What to do so that there is something to see. */
  readonly empty: string
}

/** A titled table that scrolls on its own when it has to. */
export const table = ({ id, title, columns, rows, empty }: TableInput): Html => {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`)
  const full = html`<div class="scroll" role="region" aria-label="${title}, table" tabindex="0"><table>
<thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<div class="panel">${rows.length === 0 ? html`<p class="quiet">${empty}</p>` : full}</div></section>`
}

export const status = (value: string): Html => html`<span class="status" data-status="${value}">${spoken(value)}</span>`

export const shown = 20

/** Whose something is: an e-mail, or nobody's. */
export const nameOf = (core: SimulatorCore, id: string | null): Content =>
  id === null ? html`<span class="quiet">guest</span>` : (core.find('customer', id)?.email ?? html`<code>${id}</code>`)

const customerRow = ({ id, email, balance, currency, created }: Customer): Html => html`
<tr><th scope="row">${email ?? 'No email'}</th><td><code>${id}</code></td>
<td>${balance === 0 || currency === null ? '–' : money(balance, currency)}</td><td>${moment(created)}</td></tr>`

const subscriptionRow = (core: SimulatorCore, subscription: Subscription): Html => {
  const plans = subscription.items.data.map(({ price }) => planOf(core, price))
  return html`<tr><th scope="row">${plans.map(({ name }) => name).join(', ')}
<span class="quiet">${plans.map(({ price }) => price).join(' + ')}</span></th><td>${status(subscription.status)}</td>
<td>${nameOf(core, subscription.customer)}</td><td>${nextStep(subscription)}</td><td><code>${subscription.id}</code></td></tr>`
}

export const subscriptions = (core: SimulatorCore): Html =>
  table({
    id: 'subscriptions',
    title: 'Subscriptions',
    columns: ['Plan', 'Status', 'Customer', 'Next', 'Id'],
    rows: core
      .list('subscription')
      .slice(0, shown)
      .map((subscription) => subscriptionRow(core, subscription)),
    empty: 'None yet. They begin in Checkout.',
  })

export const customers = (core: SimulatorCore): Html =>
  table({
    id: 'customers',
    title: 'Customers',
    columns: ['Email', 'Id', 'Balance', 'Created'],
    rows: core.list('customer').slice(0, shown).map(customerRow),
    empty: 'None yet. The first purchase makes one.',
  })
