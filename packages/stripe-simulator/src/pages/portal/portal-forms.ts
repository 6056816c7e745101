import type { Price } from '../../domain/objects/catalog.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { MethodType } from '../../domain/offered-methods.ts'
import type { PortalView, SwitchPreview } from '../../portal-core.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Problems } from '../parts/card-fields.ts'
import { day, money } from '../parts/display.ts'
import type { FormInput } from '../parts/form-input.ts'
import { page, said } from '../parts/layout.ts'
import { methodFields } from '../parts/method-fields.ts'
import type { Notice } from '../parts/notices.ts'
import { portalPath } from './portal-flow.ts'
import { onPage, pathTo } from './portal-frame.ts'
import { planOf } from './portal-words.ts'

export interface SwitchChoice extends Notice {
  readonly subscription: Subscription
  readonly prices: readonly Price[]
  readonly chosen?: Price | undefined
  /** How many there are, or are to be. */
  readonly quantity?: number | undefined
  /** A code, where the configuration lets customers use codes. */
  readonly promotionCode?: string | undefined
  readonly preview?: SwitchPreview | undefined
}

const priceChoice = (core: SimulatorCore, price: Price, isChosen: boolean): Html => {
  const plan = planOf(core, price)
  return html`<label class="choice"><input type="radio" name="price" value="${price.id}"${isChosen && html` checked`}>
<span><strong>${plan.name}</strong> <span class="quiet">${plan.price}</span></span></label>`
}

const previewTable = ({ amountDue, currency, lines }: SwitchPreview): Html => html`<dl class="totals">
${lines.map(({ description, amount }) => html`<div><dt>${description}</dt><dd>${money(amount, currency)}</dd></div>`)}
<div class="due"><dt>Due today</dt><dd>${money(amountDue, currency)}</dd></div></dl>`

const hidden = (name: string, value: string | number | undefined): Content =>
  value !== undefined && value !== '' && html`<input type="hidden" name="${name}" value="${value}">`

const titleOf = (core: SimulatorCore, chosen: Price, { subscription, quantity }: SwitchChoice): string => {
  const { name } = planOf(core, chosen)
  const isOther = subscription.items.data.every(({ price }) => price.id !== chosen.id)
  return isOther ? `Switch to ${name}` : `Change to ${quantity} × ${name}`
}

const consequence = (preview: SwitchPreview): Content =>
  preview.startsAt === undefined
    ? previewTable(preview)
    : html`<p>Nothing is due today. The change happens on ${day(preview.startsAt)}, when your period is over.</p>`

const confirmSwitch = (core: SimulatorCore, path: string, choice: SwitchChoice): Content => {
  const { chosen, preview, quantity, promotionCode } = choice
  if (!chosen || !preview) return null
  const title = titleOf(core, chosen, choice)
  return html`<h2>${title}</h2>${consequence(preview)}
<form method="post" action="${path}/switch" data-once>
${hidden('price', chosen.id)}${hidden('quantity', quantity)}${hidden('prorationDate', preview.prorationDate)}${hidden('promotionCode', promotionCode)}
<button class="primary">${title}</button></form>`
}

const quantityField = ({ quantities }: PortalView, { subscription, quantity }: SwitchChoice): Content => {
  const [item] = subscription.items.data
  const bounds = item && quantities[item.price.product]
  if (!bounds) return null
  return html`<div class="field"><label for="quantity">Quantity</label>
<input id="quantity" name="quantity" type="number" inputmode="numeric" autocomplete="off" required min="${bounds.minimum}"${
    bounds.maximum !== null && html` max="${bounds.maximum}"`
  } value="${quantity ?? item.quantity}"></div>`
}

const codeField = (view: PortalView, { promotionCode = '' }: SwitchChoice): Content =>
  view.configuration.features.subscription_update.default_allowed_updates.includes('promotion_code') &&
  html`<div class="field"><label for="promotionCode">Promotion code (optional)</label>
<input id="promotionCode" name="promotionCode" autocomplete="off" value="${promotionCode}"></div>`

/** The plans on offer; the chosen one with what it costs today, to the second. */
export const switchPage = (core: SimulatorCore, view: PortalView, choice: SwitchChoice): string => {
  const path = pathTo(view, choice.subscription)
  const choices = choice.prices.map((price) => priceChoice(core, price, price.id === choice.chosen?.id))
  return onPage(
    view,
    'Switch plan',
    html`${said(choice)}
<form method="get" action="${path}/switch">
${choices.length > 0 && html`<fieldset><legend>Choose a plan</legend>${choices}</fieldset>`}
${quantityField(view, choice)}${codeField(view, choice)}
<button class="${choice.preview ? 'second' : 'primary'}">See what changes</button></form>
${confirmSwitch(core, path, choice)}`,
  )
}

/** A flow that ends on a page of its own. */
export const donePage = (message: string | null, { good }: Notice, returnUrl: string | null): string =>
  page({
    title: 'Done',
    body: html`<section class="panel"><h1>Done</h1>${good !== undefined && html`<p role="status">${good}</p>`}
${message !== null && html`<p>${message}</p>`}
${returnUrl !== null && html`<p><a class="second" href="${returnUrl}">Return to the shop</a></p>`}</section>`,
  })

export interface MethodView extends Notice {
  readonly offered: readonly MethodType[]
  readonly form: FormInput
  readonly problems: Problems
}

export const paymentMethodPage = (view: PortalView, { form, problems, offered, ...notice }: MethodView): string => {
  const path = `${portalPath(view)}/payment-method`
  const isCard = offered.every((type) => type === 'card')
  return onPage(
    view,
    'Update payment method',
    html`${said(notice)}<p>${isCard ? 'The new card' : 'What you enter here'} pays for everything from now on.</p>
<form method="post" action="${path}" novalidate data-once>
${methodFields({ path, form, problems, offered, legend: 'New card' })}
<button class="primary">${isCard ? 'Save card' : 'Save payment method'}</button></form>`,
  )
}
