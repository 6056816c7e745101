import type { SimulatorCore } from '../../simulator-core.ts'
import { type Html, html } from '../html.ts'
import { moment } from '../parts/display.ts'
import { selectField } from '../parts/field.ts'
import type { WebhookState } from './admin-client.ts'

const nothing = { form: { text: () => '' }, problems: new Map<string, string>(), autocomplete: 'off' }

interface Choice {
  readonly name: string
  readonly label: string
  readonly options: readonly (readonly [string, string])[]
  readonly value?: string
}

const choice = (given: Choice): Html => selectField({ ...nothing, ...given })

const advance = (by: string, label: string): Html =>
  html`<button class="second" name="by" value="${by}">Advance ${label}</button>`

export const clockLever = (core: SimulatorCore): Html => html`<section class="panel" aria-labelledby="clock">
<h2 id="clock">Clock</h2><p class="headline small">${moment(core.now())}</p>
<p class="quiet">Time in Stripe, UTC. Moving it ahead renews, ends and retries whatever is due on the way.</p>
<form class="actions" method="post" action="/_simulator/desk/clock" data-once>
${advance('hours', '1 hour')}${advance('days', '1 day')}${advance('months', '1 month')}</form></section>`

const delays = [
  ['0', 'At once'],
  ['1000', 'After a second'],
  ['10000', 'After 10 seconds'],
  ['60000', 'After a minute'],
] as const

const known = (delayMs: number): readonly (readonly [string, string])[] =>
  delays.some(([value]) => value === String(delayMs))
    ? delays
    : [...delays, [String(delayMs), `After ${delayMs} milliseconds`]]

const orders = [
  ['inOrder', 'In order'],
  ['shuffled', 'Shuffled'],
] as const

const copies = [
  ['0', 'Once'],
  ['1', 'Twice'],
  ['2', 'Three times'],
] as const

const travelForm = ({ travel }: WebhookState): Html => html`
<details><summary>Change how they travel</summary><form method="post" action="/_simulator/desk/travel">
${choice({ name: 'order', label: 'Order', options: orders, value: travel.order })}
${choice({ name: 'duplicates', label: 'Each event', options: copies, value: String(travel.duplicates) })}
${choice({ name: 'delayMs', label: 'Sent', options: known(travel.delayMs), value: String(travel.delayMs) })}
<button class="second">Let them travel so</button></form></details>`

const inWords = ({ travel }: WebhookState): string => {
  const order = orders.find(([value]) => value === travel.order)?.[1] ?? travel.order
  const times = copies.find(([value]) => value === String(travel.duplicates))?.[1] ?? `${travel.duplicates + 1} times`
  const delay = known(travel.delayMs).find(([value]) => value === String(travel.delayMs))?.[1] ?? ''
  return [order, times, delay].join(', ').toLowerCase()
}

export const webhookLever = (state: WebhookState): Html => {
  const { paused, pending } = state
  return html`<section class="panel" aria-labelledby="webhooks">
<h2 id="webhooks">Webhooks</h2><p class="headline small">${paused ? 'Paused' : 'Delivering'}</p>
<p class="quiet">${pending === 1 ? '1 event waits' : `${pending} events wait`}. They travel ${inWords(state)}.</p>
<form class="actions" method="post" action="/_simulator/desk/webhooks">
<button class="second" name="paused" value="${paused ? 'false' : 'true'}">${paused ? 'Resume webhooks' : 'Pause webhooks'}</button></form>
${travelForm(state)}</section>`
}

const declines = [
  ['generic_decline', 'Card declined'],
  ['insufficient_funds', 'Insufficient funds'],
  ['lost_card', 'Lost card'],
  ['stolen_card', 'Stolen card'],
  ['expired_card', 'Expired card'],
  ['incorrect_cvc', 'Wrong security code'],
  ['processing_error', 'Processing error'],
] as const

export const bankLever: Html = html`<section class="panel" aria-labelledby="bank">
<h2 id="bank">Bank</h2><p class="headline small">Cards decide</p>
<p class="quiet">Each test card plays its part. You can also have the next charge fail, whatever pays it.</p>
<form method="post" action="/_simulator/desk/decline">${choice({ name: 'reason', label: 'Why it fails', options: declines })}
<button class="second">Decline the next charge</button></form></section>`

const failures = [
  ['rate_limit', 'Too many requests (429)'],
  ['lock_timeout', 'Object is locked (429)'],
  ['server_error', 'Stripe is broken (500)'],
  ['timeout', 'The answer is lost'],
] as const

export const apiLever: Html = html`<section class="panel" aria-labelledby="api">
<h2 id="api">API</h2><p class="headline small">Answering</p>
<p class="quiet">Have the next request of your app fail, whatever it asks.</p>
<form method="post" action="/_simulator/desk/failure">${choice({ name: 'code', label: 'How it fails', options: failures })}
<button class="second">Fail the next request</button></form></section>`
