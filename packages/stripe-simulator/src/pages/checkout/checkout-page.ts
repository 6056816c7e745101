import { decimalsOf, inUnits } from '../../domain/currency.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import { cardFields, testCardBar } from '../parts/card-fields.ts'
import { field } from '../parts/field.ts'
import { page, said } from '../parts/layout.ts'
import { brandingLink } from './branding.ts'
import { billingFields, consentFields, contactFields, customFieldsOf, shippingFields } from './buyer-fields.ts'
import { checkoutSummary } from './checkout-summary.ts'
import type { CheckoutView } from './checkout-view.ts'
import { choiceOf, emailOf, payLabel } from './checkout-words.ts'
import { savedCards } from './saved-cards.ts'

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

const newCard = (path: string, view: CheckoutView): Html => html`
<fieldset class="new-card"><legend>Card</legend>${testCardBar(path)}${cardFields(view.form, view.problems)}</fieldset>`

const card = (core: SimulatorCore, { id }: CheckoutSession, view: CheckoutView): Content => [
  savedCards(core, id, view.form),
  newCard(`/_simulator/checkout/${id}`, view),
]

const openCheckout = (core: SimulatorCore, session: CheckoutSession, view: CheckoutView): Html => {
  const path = `/_simulator/checkout/${session.id}`
  const label = payLabel(core, session)
  return html`${checkoutSummary(core, session)}
<section class="panel" aria-labelledby="pay-heading">
<h2 id="pay-heading">${session.mode === 'setup' ? 'Your card' : 'Pay with card'}</h2>
${said(view)}
<form id="pay" method="post" action="${path}" novalidate data-once>
<button class="default" tabindex="-1" aria-hidden="true">${label}</button>
${amount(core, session, view)}
${contact(session, view)}
${contactFields(session, view)}
${shippingFields(core, session, view)}
${core.needsCard(session.id) && card(core, session, view)}
${billingFields(session, view)}
${customFieldsOf(session, view)}
${promotion(session, path, view)}
${consentFields(core, session, view)}
<button class="primary">${label}</button>
</form>
</section>`
}

export const checkoutPage = (core: SimulatorCore, session: CheckoutSession, view: CheckoutView): string =>
  page({
    title: 'Checkout',
    shape: 'split',
    body: openCheckout(core, session, view),
    ...dressOf(session),
  })

/** In the frame of another page there is no way out of it. */
const dressOf = (session: CheckoutSession) => ({
  isFramed: session.ui_mode === 'embedded_page',
  head: brandingLink(session),
})

/** Tells the page around the frame that all is done, and where it goes now. */
const doneInFrame = (session: CheckoutSession): Html => {
  const { custom_text: text, redirect_on_completion: redirect, return_url: back = '' } = session
  const goesTo = redirect === 'always' && back.replaceAll('{CHECKOUT_SESSION_ID}', session.id)
  return html`<section class="panel" data-checkout="complete"${goesTo && html` data-return-url="${goesTo}"`}>
<h1>Thank you</h1><p>${text.after_submit?.message ?? 'Your payment went through.'}</p></section>`
}

/** A session is paid once and lives for a day: afterwards there is nothing to pay here. */
export const closedCheckoutPage = (session: CheckoutSession): string => {
  const isComplete = session.status === 'complete'
  if (session.ui_mode === 'embedded_page' && isComplete) {
    return page({ title: 'Thank you', body: doneInFrame(session), ...dressOf(session) })
  }
  const [title, text, url] = isComplete
    ? ['This checkout is complete', 'It has been paid and cannot be paid again.', session.success_url]
    : ['This checkout has expired', 'Nothing was charged. Go back and start again.', session.cancel_url]
  const target = url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id)
  return page({
    title,
    ...dressOf(session),
    body: html`<section class="panel"><h1>${title}</h1><p>${text}</p>
${target !== undefined && html`<p><a class="second" href="${target}">${isComplete ? 'Continue' : 'Go back'}</a></p>`}</section>`,
  })
}
