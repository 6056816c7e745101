import type { Price } from '../../domain/objects/catalog.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { PortalView, SimulatorCore, SwitchPreview } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import { cardFields, type Problems, testCardBar } from '../parts/card-fields.ts'
import { day, money } from '../parts/display.ts'
import type { FormInput } from '../parts/form-input.ts'
import { page, said } from '../parts/layout.ts'
import type { Notice } from '../parts/notices.ts'
import { homePath, portalPath } from './portal-flow.ts'
import { periodEnd, planOf, reasons } from './portal-words.ts'

const onPage = (view: PortalView, title: string, body: Content): string =>
  page({
    title,
    body: html`<p><a class="back" href="${homePath(view)}">Back to billing</a></p><section class="panel"><h1>${title}</h1>${body}</section>`,
  })

const pathTo = (view: PortalView, { id }: Subscription): string => `${portalPath(view)}/subscriptions/${id}`

const reasonChoice = (reason: string, words: string): Html => html`
<label class="choice"><input type="radio" name="reason" value="${reason}"> ${words}</label>`

const ownReasons = (core: SimulatorCore, ids: readonly string[]): Html[] =>
  ids.map((id) => reasonChoice(id, core.find('billing.feedback_option', id)?.description ?? id))

const whyLeave = (core: SimulatorCore, view: PortalView): Content => {
  const { enabled, feedback_options, options } = view.configuration.features.subscription_cancel.cancellation_reason
  if (!enabled) return null
  return html`<fieldset><legend>Why do you cancel? (optional)</legend>${options.map((reason) => reasonChoice(reason, reasons[reason] ?? reason))}
${ownReasons(core, feedback_options ?? [])}</fieldset>
<div class="field"><label for="comment">Anything else? (optional)</label><textarea id="comment" name="comment" rows="3"></textarea></div>`
}

/** Asks once more, says what will happen and when, and why it happens. */
export const cancelPage = (core: SimulatorCore, view: PortalView, subscription: Subscription): string => {
  const names = subscription.items.data.map(({ price }) => planOf(core, price).name).join(', ')
  const isLater = view.configuration.features.subscription_cancel.mode === 'at_period_end'
  const consequence = isLater
    ? `You keep it until ${day(periodEnd(subscription))}, and are not charged again.`
    : 'It ends at once, and you are not charged again.'
  return onPage(
    view,
    `Cancel ${names}`,
    html`<p>${consequence}</p>
<form method="post" action="${pathTo(view, subscription)}/cancel" data-once>${whyLeave(core, view)}
<div class="choices"><a class="second" href="${homePath(view)}">Keep ${names}</a>
<button class="primary danger">Cancel ${names}</button></div></form>`,
  )
}

export interface SwitchChoice extends Notice {
  readonly subscription: Subscription
  readonly prices: readonly Price[]
  readonly chosen?: Price | undefined
  readonly preview?: SwitchPreview | undefined
}

const priceChoice = (core: SimulatorCore, price: Price, isChosen: boolean): Html => {
  const plan = planOf(core, price)
  return html`<label class="choice"><input type="radio" name="price" value="${price.id}" required${isChosen && html` checked`}>
<span><strong>${plan.name}</strong> <span class="quiet">${plan.price}</span></span></label>`
}

const previewTable = ({ amountDue, currency, lines }: SwitchPreview): Html => html`<dl class="totals">
${lines.map(({ description, amount }) => html`<div><dt>${description}</dt><dd>${money(amount, currency)}</dd></div>`)}
<div class="due"><dt>Due today</dt><dd>${money(amountDue, currency)}</dd></div></dl>`

const confirmSwitch = (core: SimulatorCore, path: string, { chosen, preview }: SwitchChoice): Content =>
  chosen &&
  preview &&
  html`<h2>Switch to ${planOf(core, chosen).name}</h2>${previewTable(preview)}
<form method="post" action="${path}/switch" data-once><input type="hidden" name="price" value="${chosen.id}">
<input type="hidden" name="prorationDate" value="${preview.prorationDate}">
<button class="primary">Switch to ${planOf(core, chosen).name}</button></form>`

/** The plans on offer; the chosen one with what it costs today, to the second. */
export const switchPage = (core: SimulatorCore, view: PortalView, choice: SwitchChoice): string => {
  const path = pathTo(view, choice.subscription)
  const choices = choice.prices.map((price) => priceChoice(core, price, price.id === choice.chosen?.id))
  return onPage(
    view,
    'Switch plan',
    html`${said(choice)}
<form method="get" action="${path}/switch"><fieldset><legend>Choose a plan</legend>${choices}</fieldset>
<button class="${choice.chosen ? 'second' : 'primary'}">See what changes</button></form>
${confirmSwitch(core, path, choice)}`,
  )
}

export interface CardView extends Notice {
  readonly form: FormInput
  readonly problems: Problems
}

export const paymentMethodPage = (view: PortalView, { form, problems, ...notice }: CardView): string => {
  const path = `${portalPath(view)}/payment-method`
  return onPage(
    view,
    'Update payment method',
    html`${said(notice)}<p>The new card pays for everything from now on.</p>
<form method="post" action="${path}" novalidate data-once>
<fieldset><legend>New card</legend>${testCardBar(path)}${cardFields(form, problems)}</fieldset>
<button class="primary">Save card</button></form>`,
  )
}
