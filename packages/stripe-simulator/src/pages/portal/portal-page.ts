import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { PortalView } from '../../portal-core.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import { day, money, spoken } from '../parts/display.ts'
import { page, said } from '../parts/layout.ts'
import { detailOfMethod, nameOfMethod } from '../parts/method-words.ts'
import type { Notice } from '../parts/notices.ts'
import { portalPath } from './portal-flow.ts'
import { isEnding, nextStep, planOf } from './portal-words.ts'

const running = new Set(['active', 'trialing', 'past_due'])

const goOn = (path: string, label: string): Html => html`
<form method="post" action="${path}/resume" data-once><button class="primary">${label}</button></form>`

/** There is something to switch to: another price, or another quantity. */
const canChange = ({ priceIds, quantities }: PortalView, { items }: Subscription): boolean =>
  priceIds.length > 0 || items.data.some(({ price }) => price.product in quantities)

const verbs = (view: PortalView, subscription: Subscription, name: string): Content => {
  const path = `${portalPath(view)}/subscriptions/${subscription.id}`
  const { subscription_cancel: cancel, subscription_pause: pause } = view.configuration.features
  if (subscription.status === 'paused') return pause.enabled && goOn(path, `Resume ${name}`)
  if (!running.has(subscription.status)) return null
  if (isEnding(subscription)) return goOn(path, `Don't cancel ${name}`)
  return [
    canChange(view, subscription) && html`<a class="second" href="${path}/switch">Switch plan</a>`,
    pause.enabled && subscription.status === 'active' && html`<a class="second" href="${path}/pause">Pause ${name}</a>`,
    cancel.enabled && html`<a class="second" href="${path}/cancel">Cancel ${name}</a>`,
  ]
}

const subscriptionCard = (core: SimulatorCore, view: PortalView, subscription: Subscription): Html => {
  const plans = subscription.items.data.map(({ price }) => planOf(core, price))
  const name = plans.map((plan) => plan.name).join(', ')
  return html`<article class="panel" aria-label="${name}">
<div class="between"><h3>${name}</h3><span class="status" data-status="${subscription.status}">${spoken(subscription.status)}</span></div>
<p class="headline small">${plans.map((plan) => plan.price).join(' + ')}</p>
<p>${nextStep(subscription)}</p>
<div class="actions">${verbs(view, subscription, name)}</div></article>`
}

const addressInWords = (address: unknown): string =>
  Object.values((address ?? {}) as Record<string, string | null>)
    .filter((line) => line !== null && line !== '')
    .join(', ')

const known = ([label, value]: readonly [string, string | null | undefined]): Content =>
  value && html`<div><dt>${label}</dt><dd>${value}</dd></div>`

const about = (view: PortalView): Content => {
  const { enabled, allowed_updates: updates } = view.configuration.features.customer_update
  if (!enabled || updates.length === 0) return null
  const { name, email, phone, address } = view.customer
  const facts = [
    ['Name', name],
    ['Email', email],
    ['Phone', phone as string | null],
    ['Address', addressInWords(address)],
    ['Tax ID', view.taxIds.map(({ value }) => value).join(', ')],
  ] as const
  return html`<section aria-labelledby="about"><h2 id="about">Billing information</h2><div class="panel">
<dl class="facts">${facts.map(known)}</dl>
<div class="actions"><a class="second" href="${portalPath(view)}/customer">Update information</a></div></div></section>`
}

const methodRow = (view: PortalView, method: PaymentMethod): Html => html`
<li><span class="named">${nameOfMethod(method)}</span>
<span class="quiet">${detailOfMethod(method)}</span>
${method.id === view.defaultPaymentMethodId && html`<span class="status">Default</span>`}</li>`

const methods = (view: PortalView): Content =>
  view.configuration.features.payment_method_update.enabled &&
  html`<section aria-labelledby="methods"><h2 id="methods">Payment method</h2><div class="panel">
${view.paymentMethods.length === 0 ? html`<p>No card is saved.</p>` : html`<ul class="rows">${view.paymentMethods.map((method) => methodRow(view, method))}</ul>`}
<div class="actions"><a class="second" href="${portalPath(view)}/payment-method">Update payment method</a></div></div></section>`

const invoiceRow = ({ id, number, created, total, currency, status }: Invoice): Html => html`
<tr><td>${day(created)}</td><td class="amount">${money(total, currency)}</td>
<td><span class="status" data-status="${status}">${spoken(status)}</span></td>
<td><a href="/_simulator/invoice/${id}">Invoice ${number ?? 'draft'}</a></td></tr>`

const invoices = (view: PortalView): Content => {
  if (!view.configuration.features.invoice_history.enabled) return null
  const final = view.invoices.filter(({ status }) => status !== 'draft')
  const table = html`<div class="scroll" role="region" aria-label="Invoices, table" tabindex="0"><table>
<thead><tr><th scope="col">Date</th><th scope="col" class="amount">Total</th><th scope="col">Status</th><th scope="col">Invoice</th></tr></thead>
<tbody>${final.map(invoiceRow)}</tbody></table></div>`
  return html`<section aria-labelledby="invoices"><h2 id="invoices">Invoice history</h2><div class="panel">
${final.length === 0 ? html`<p>There are no invoices yet.</p>` : table}</div></section>`
}

/** What a customer has, and all that they can do about it. */
export const portalPage = (core: SimulatorCore, view: PortalView, notice: Notice): string => {
  const { customer, returnUrl, subscriptions } = view
  const current = subscriptions.map((subscription) => subscriptionCard(core, view, subscription))
  return page({
    title: 'Billing',
    body: html`${returnUrl !== null && html`<p><a class="back" href="${returnUrl}">Return to the shop</a></p>`}
<h1>Your billing</h1><p class="quiet">${customer.email ?? customer.name ?? customer.id}</p>
${said(notice)}
<section aria-labelledby="plans"><h2 id="plans">Current subscription</h2>
${current.length === 0 ? html`<div class="panel"><p>There is no subscription.</p></div>` : current}</section>
${methods(view)}${about(view)}${invoices(view)}`,
  })
}
