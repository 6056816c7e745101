import type { SimulatorCore } from '../../simulator-core.ts'
import { type Html, html } from '../html.ts'
import { spoken } from '../parts/display.ts'
import { page, said } from '../parts/layout.ts'
import type { Notice } from '../parts/notices.ts'
import type { DeliveryView, DeskState } from './admin-client.ts'
import { disputes } from './disputes.ts'
import { events } from './events.ts'
import { apiLever, bankLever, clockLever, webhookLever } from './levers.ts'
import { payments } from './payments.ts'
import { customers, subscriptions } from './tables.ts'

export interface DeskView {
  readonly state: DeskState
  readonly deliveries: readonly DeliveryView[]
  readonly notice: Notice
}

const counted = ([name, count]: [string, number]): Html =>
  html`<div><dt>${spoken(name).replaceAll('.', ' ')}</dt><dd>${count}</dd></div>`

const inside = ({
  counts,
  keys,
}: DeskState): Html => html`<section aria-labelledby="inside"><h2 id="inside">What is inside</h2>
<div class="panel"><dl class="counts">${Object.entries(counts)
  .filter(([, count]) => count > 0)
  .map(counted)}</dl>
<p class="quiet">Publishable key: <code>${keys.publishableKey}</code></p></div></section>`

/** What happened in this simulated account, newest first, and the levers that make more happen. */
export const deskPage = (core: SimulatorCore, { state, deliveries, notice }: DeskView): string =>
  page({
    title: 'What happened',
    shape: 'wide',
    body: html`<div class="between"><h1>What happened</h1><a class="second" href="/_simulator">Refresh</a></div>
<p class="quiet">A Stripe account that lives on this machine: what your app did to it, what it told your app, and how that was answered.</p>
${said(notice)}
<div class="levers">${clockLever(core)}${webhookLever(state.webhooks)}${bankLever}${apiLever}</div>
${subscriptions(core)}${payments(core)}${disputes(core)}${events(core, deliveries)}${customers(core)}${inside(state)}`,
  })
