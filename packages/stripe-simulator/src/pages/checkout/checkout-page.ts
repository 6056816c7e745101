import { decimalsOf, inUnits } from '../../domain/currency.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import { cardFields, type Problems, testCardBar } from '../parts/card-fields.ts'
import { field } from '../parts/field.ts'
import type { FormInput } from '../parts/form-input.ts'
import { page, said } from '../parts/layout.ts'
import type { Notice } from '../parts/notices.ts'
import { checkoutSummary } from './checkout-summary.ts'
import { choiceOf, emailOf, payLabel } from './checkout-words.ts'

export interface CheckoutView extends Notice {
  readonly form: FormInput
  readonly problems: Problems
}

const contact = (session: CheckoutSession, view: CheckoutView): Html => {
  const email = emailOf(session)
  if (email === undefined)
    return field({ ...view, name: 'email', label: 'Email', autocomplete: 'email', type: 'email' })
  return html`<div class="field"><span class="label">Email</span><p class="known">${email}</p></div>`
}

const amount = (core: SimulatorCore, session: CheckoutSession, view: CheckoutView): Content => {
  const choice = choiceOf(core, session)
  const currency = session.currency ?? 'usd'
  const value = choice?.preset == null ? '' : inUnits(choice.preset, currency).toFixed(decimalsOf(currency))
  const label = `Amount (${currency.toUpperCase()})`
  return choice && field({ ...view, name: 'amount', label, autocomplete: 'off', value })
}

const promotion = (session: CheckoutSession, path: string, view: CheckoutView): Content => {
  const isApplied = (session.discounts ?? []).length > 0
  if (isApplied && session.allow_promotion_codes) {
    return html`<p class="applied">Promotion code applied
<button class="plain" formaction="${path}/promotion/remove" formnovalidate>Remove promotion code</button></p>`
  }
  if (!session.allow_promotion_codes) return null
  return html`<details class="promotion"${(view.problems.has('promotionCode') || view.form.text('promotionCode') !== '') && html` open`}>
<summary>Add promotion code</summary>
<div class="with-button">
${field({ ...view, name: 'promotionCode', label: 'Promotion code', autocomplete: 'off' })}
<button class="second" formaction="${path}/promotion" formnovalidate>Apply</button>
</div></details>`
}

const card = (path: string, view: CheckoutView): Html => html`
<fieldset><legend>Card</legend>${testCardBar(path)}${cardFields(view.form, view.problems)}</fieldset>`

const openCheckout = (core: SimulatorCore, session: CheckoutSession, view: CheckoutView): Html => {
  const path = `/_simulator/checkout/${session.id}`
  const label = payLabel(core, session)
  return html`${checkoutSummary(core, session)}
<section class="panel" aria-labelledby="pay-heading">
<h2 id="pay-heading">${session.mode === 'setup' ? 'Your card' : 'Pay with card'}</h2>
${said(view)}
<form method="post" action="${path}" novalidate data-once>
<button class="default" tabindex="-1" aria-hidden="true">${label}</button>
${amount(core, session, view)}
${contact(session, view)}
${core.needsCard(session.id) && card(path, view)}
${promotion(session, path, view)}
<button class="primary">${label}</button>
</form>
</section>`
}

export const checkoutPage = (core: SimulatorCore, session: CheckoutSession, view: CheckoutView): string =>
  page({ title: 'Checkout', shape: 'split', body: openCheckout(core, session, view) })

/** A session is paid once and lives for a day: afterwards there is nothing to pay here. */
export const closedCheckoutPage = (session: CheckoutSession): string => {
  const isComplete = session.status === 'complete'
  const [title, text, url] = isComplete
    ? ['This checkout is complete', 'It has been paid and cannot be paid again.', session.success_url]
    : ['This checkout has expired', 'Nothing was charged. Go back and start again.', session.cancel_url]
  const target = url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id)
  return page({
    title,
    body: html`<section class="panel"><h1>${title}</h1><p>${text}</p>
${target !== undefined && html`<p><a class="second" href="${target}">${isComplete ? 'Continue' : 'Go back'}</a></p>`}</section>`,
  })
}
