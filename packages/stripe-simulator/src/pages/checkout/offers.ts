import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { type Content, type Html, html } from '../html.ts'
import { priceInWords } from '../parts/display.ts'

const changePath = ({ id }: CheckoutSession): string => `/_simulator/checkout/${id}/change`

/** How many: in a field of the one form, wherever it stands on the page. */
export const quantityField = (session: CheckoutSession, item: CheckoutItem, name: string): Content => {
  const bounds = item.adjustable_quantity
  if (!bounds?.enabled || session.status !== 'open') return null
  const field = `quantity-${item.id}`
  return html`<span class="quantity"><label for="${field}">Quantity of ${name}</label>
<input id="${field}" name="${field}" form="pay" type="number" inputmode="numeric" min="${Math.max(1, bounds.minimum ?? 0)}" max="${bounds.maximum ?? 99}" value="${item.quantity}" data-changes>
<button class="second small" form="pay" data-change formaction="${changePath(session)}" formnovalidate>Update</button></span>`
}

const offer = (core: SimulatorCore, session: CheckoutSession, id: string): Content => {
  const price = core.find('price', id)
  const name = price && core.find('product', price.product)?.name
  if (!price) return null
  const isTaken = core.takenOptions(session.id).includes(id)
  const [act, verb] = isTaken ? ['remove', 'Remove'] : ['add', 'Add']
  return html`<li class="between"><div><strong>${name}</strong><span class="quiet">${priceInWords(price)}</span></div>
<button class="second small" form="pay" name="${act}" value="${id}" formaction="${changePath(session)}" formnovalidate>${verb} ${name}</button></li>`
}

/** What else there is, to be taken or left. */
export const optionalOffers = (core: SimulatorCore, session: CheckoutSession): Content => {
  const offers = session.optional_items ?? []
  if (offers.length === 0) return null
  const list: Html[] = offers.map(({ price }) => html`${offer(core, session, price)}`)
  return html`<section class="offers" aria-labelledby="offers"><h2 id="offers">Add to your order</h2><ul class="lines">${list}</ul></section>`
}
