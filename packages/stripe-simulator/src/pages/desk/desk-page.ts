import type { SimulatorCore } from '../../simulator-core.ts'
import { type Html, html } from '../html.ts'
import { moment } from '../parts/display.ts'
import { page, said } from '../parts/layout.ts'
import type { Notice } from '../parts/notices.ts'
import type { DeliveryView, WebhookState } from './admin-client.ts'
import { events } from './events.ts'
import { customers, payments, subscriptions } from './tables.ts'

export interface DeskView {
  readonly webhooks: WebhookState
  readonly deliveries: readonly DeliveryView[]
  readonly notice: Notice
}

const advance = (by: string, label: string): Html =>
  html`<button class="second" name="by" value="${by}">Advance ${label}</button>`

const clock = (core: SimulatorCore): Html => html`<section class="panel" aria-labelledby="clock">
<h2 id="clock">Clock</h2><p class="headline small">${moment(core.now())}</p>
<p class="quiet">Time in Stripe, UTC. Moving it ahead renews, ends and retries whatever is due on the way.</p>
<form class="actions" method="post" action="/_simulator/desk/clock" data-once>
${advance('hours', '1 hour')}${advance('days', '1 day')}${advance('months', '1 month')}</form></section>`

const webhooks = ({ paused, pending }: WebhookState): Html => html`<section class="panel" aria-labelledby="webhooks">
<h2 id="webhooks">Webhooks</h2><p class="headline small">${paused ? 'Paused' : 'Delivering'}</p>
<p class="quiet">${pending === 1 ? '1 event waits' : `${pending} events wait`}. Paused, they pile up and arrive later: so you see what your app does without them.</p>
<form class="actions" method="post" action="/_simulator/desk/webhooks">
<button class="second" name="paused" value="${paused ? 'false' : 'true'}">${paused ? 'Resume webhooks' : 'Pause webhooks'}</button></form></section>`

const bank = html`<section class="panel" aria-labelledby="bank">
<h2 id="bank">Bank</h2><p class="headline small">Cards decide</p>
<p class="quiet">Each test card plays its part. You can also have the next charge declined, whatever the card.</p>
<form class="actions" method="post" action="/_simulator/desk/decline"><button class="second">Decline the next charge</button></form></section>`

/** What happened in this simulated account, newest first, and the levers that make more happen. */
export const deskPage = (core: SimulatorCore, view: DeskView): string =>
  page({
    title: 'What happened',
    shape: 'wide',
    body: html`<div class="between"><h1>What happened</h1><a class="second" href="/_simulator">Refresh</a></div>
<p class="quiet">A Stripe account that lives on this machine: what your app did to it, what it told your app, and how that was answered.</p>
${said(view.notice)}
<div class="levers">${clock(core)}${webhooks(view.webhooks)}${bank}</div>
${subscriptions(core)}${payments(core)}${events(core, view.deliveries)}${customers(core)}`,
  })
