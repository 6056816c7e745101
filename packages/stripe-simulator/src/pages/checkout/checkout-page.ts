import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Problems } from '../parts/card-fields.ts'
import { field } from '../parts/field.ts'
import type { FormInput } from '../parts/form-input.ts'
import { page, said } from '../parts/layout.ts'
import { methodFields } from '../parts/method-fields.ts'
import type { Notice } from '../parts/notices.ts'
import { asksForPlace, placeFields, taxIdFields } from './buyer-fields.ts'
import { checkoutSummary } from './checkout-summary.ts'
import { emailOf, offeredBy, payLabel } from './checkout-words.ts'

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

const method = (session: CheckoutSession, path: string, { form, problems }: CheckoutView): Content => [
  methodFields({ path, form, problems, offered: offeredBy(session), legend: 'Card' }),
  asksForPlace(session) && placeFields(form, problems),
]

const heading = (session: CheckoutSession): string => {
  const isCard = offeredBy(session).every((type) => type === 'card')
  if (session.mode === 'setup') return isCard ? 'Your card' : 'Your payment method'
  return isCard ? 'Pay with card' : 'Pay'
}

const openCheckout = (core: SimulatorCore, session: CheckoutSession, view: CheckoutView): Html => {
  const path = `/_simulator/checkout/${session.id}`
  const label = payLabel(core, session)
  return html`${checkoutSummary(core, session)}
<section class="panel" aria-labelledby="pay-heading">
<h2 id="pay-heading">${heading(session)}</h2>
${said(view)}
<form method="post" action="${path}" novalidate data-once>
<button class="default" tabindex="-1" aria-hidden="true">${label}</button>
${contact(session, view)}
${core.needsCard(session.id) && method(session, path, view)}
${session.tax_id_collection?.enabled && taxIdFields(session, view.form, view.problems)}
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
