import type { Price } from '../domain/objects/catalog.ts'
import { planOf } from '../domain/plan.ts'
import { render } from '../domain/render.ts'
import type { Links } from '../domain/versions/json.ts'
import type { Store } from './store.ts'

/** What older versions show of other objects: the store as it is now. */
export const linksIn = (store: Store): Links => ({
  find: (id) => {
    const found = store.byId(id)
    return found && render(found)
  },
  planOf: (price) => planOf(price as unknown as Price),
  paymentOf: (invoiceId) => {
    const payment = store
      .all('invoice_payment')
      .find((each) => each.invoice === invoiceId && each.is_default && each.status !== 'canceled')
    if (!payment) return undefined
    const intent = payment.payment.payment_intent
    return { intent, charge: store.get('payment_intent', intent)?.latest_charge ?? null }
  },
  invoiceOf: (intentId) =>
    store.all('invoice_payment').find((each) => each.payment.payment_intent === intentId)?.invoice ?? null,
})
