import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Html, html } from '../html.ts'
import { cadence, money, priceInWords } from '../parts/display.ts'
import { type Line, lineOf, trialDays } from './checkout-words.ts'
import { optionalOffers, quantityField } from './offers.ts'

const row = ({ name, detail, amount, extra }: Line): Html => html`
<li><div><strong>${name}</strong><span class="quiet">${detail}</span>${extra}</div><span class="amount">${amount}</span></li>`

const sum = (items: readonly CheckoutItem[], field: 'amount_discount' | 'amount_tax'): number =>
  items.reduce((total, item) => total + item[field], 0)

const total = (label: string, amount: string): Html => html`<div><dt>${label}</dt><dd>${amount}</dd></div>`

const codeOf = (core: SimulatorCore, session: CheckoutSession): string => {
  const [discount] = session.discounts ?? []
  const code = discount?.promotion_code && core.find('promotion_code', discount.promotion_code)?.code
  return code ? `Discount (${code})` : 'Discount'
}

const totals = (core: SimulatorCore, session: CheckoutSession, items: readonly CheckoutItem[]): Html => {
  const currency = session.currency ?? 'usd'
  const delivery = session.shipping_cost
  const discount = sum(items, 'amount_discount')
  const tax = sum(items, 'amount_tax') + (delivery?.amount_tax ?? 0)
  const parts = [
    (discount > 0 || tax > 0 || delivery) && total('Subtotal', money(session.amount_subtotal ?? 0, currency)),
    discount > 0 && total(codeOf(core, session), money(-discount, currency)),
    delivery && total('Shipping', delivery.amount_subtotal === 0 ? 'Free' : money(delivery.amount_subtotal, currency)),
    tax > 0 && total('Tax', money(tax, currency)),
  ]
  return html`<dl class="totals">${parts}
<div class="due"><dt>Total due today</dt><dd>${money(session.amount_total ?? 0, currency)}</dd></div></dl>`
}

/** The price large, and how often it comes back; for a trial, what comes after it. */
const headline = (core: SimulatorCore, session: CheckoutSession, [first]: readonly CheckoutItem[]): Html => {
  if (session.mode === 'setup') return html`<p class="headline">Save a card for later</p>`
  const price = first && core.find('price', first.price.id)
  const days = trialDays(core, session)
  if (days > 0 && price) {
    return html`<p class="headline">${days} days free</p><p class="quiet">Then ${priceInWords(price)}</p>`
  }
  const amount = money(session.amount_total ?? 0, session.currency ?? 'usd')
  const when = price?.recurring && (session.amount_total === session.amount_subtotal ? cadence(price) : 'today')
  return html`<p class="headline">${amount}${when && html` <span class="cadence">${when}</span>`}</p>`
}

const title = ({ mode }: CheckoutSession, [first]: readonly Line[]): string => {
  if (mode === 'setup') return 'Payment details'
  return `${mode === 'subscription' ? 'Subscribe to' : 'Pay for'} ${first?.name ?? 'your order'}`
}

/** What is bought, how often it is paid, and what is due today: above, or beside, the form that pays it. */
export const checkoutSummary = (core: SimulatorCore, session: CheckoutSession): Html => {
  const items = core.lineItems(session.id)
  const lines = items
    .map((item) => ({ ...lineOf(core, item), item }))
    .map((line) => ({
      ...line,
      extra: quantityField(session, line.item, line.name),
    }))
  const back = session.cancel_url !== null && html`<p><a class="back" href="${session.cancel_url}">Back</a></p>`
  const bought = items.length > 0 && html`<ul class="lines">${lines.map(row)}</ul>${totals(core, session, items)}`
  return html`<section class="summary" aria-labelledby="bought">
${back}
<h1 id="bought">${title(session, lines)}</h1>
${headline(core, session, items)}
${bought}
${optionalOffers(core, session)}
</section>`
}
