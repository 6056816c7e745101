import type { Invoice } from '../../../src/domain/objects/invoice.ts'
import { type Command, type Deed, idOf, one, post } from './deed.ts'
import type { OpenAccount } from './open-account.ts'
import type { Shop } from './shop.ts'

/** What a position costs: an amount, a credit, a price, or so much each; now and then reduced, or taxed. */
const positionOf = (shop: Shop, { pick, amount }: Command): Record<string, unknown> => {
  const cost = one(
    [
      { amount },
      { amount: -amount },
      { pricing: { price: shop.pack }, quantity: 1 + (pick % 3) },
      { price_data: { currency: 'usd', product: shop.product, unit_amount: amount }, quantity: pick % 4 },
    ],
    pick,
  )
  return {
    ...cost,
    ...(amount % 5 === 0 ? { discounts: [{ coupon: shop.coupon }] } : {}),
    ...(amount % 7 === 0 ? { tax_rates: [one(shop.rates, amount)] } : {}),
  }
}

const recent = (account: OpenAccount, pick: number): Invoice | undefined => {
  const drafts = account.world.store.all('invoice').filter(({ status }) => status === 'draft')
  return pick % 5 === 0 ? one(account.world.store.all('invoice'), pick) : one(drafts, pick)
}

const onDraft =
  (path: string, input: (shop: Shop, given: Command, invoice: Invoice | undefined) => Record<string, unknown>): Deed =>
  (account, shop, given) => {
    const invoice = recent(account, given.pick)
    account.call(`POST /v1/invoices/${invoice?.id ?? 'none'}/${path}`, input(shop, given, invoice))
  }

/** A line of a position: what a subscription bills, and a proration, cannot be changed or taken off. */
const lineOf = (invoice: Invoice | undefined, { amount }: Command): string => {
  const own = invoice?.lines.data.filter(({ parent }) => parent.invoice_item_details?.proration === false) ?? []
  return one(own, amount)?.id ?? 'none'
}

const addPosition: Deed = (account, shop, given) => {
  const { pick, amount } = given
  const customer = one(shop.customers, pick)
  const currency = 'amount' in positionOf(shop, given) ? { currency: 'usd' } : {}
  const subscription = account.world.store.all('subscription').find((each) => each.customer === customer)
  account.call('POST /v1/invoiceitems', {
    customer,
    ...currency,
    ...positionOf(shop, given),
    ...(subscription && amount % 3 === 0 ? { subscription: subscription.id } : {}),
  })
}

const draftInvoice: Deed = (account, shop, { pick, amount }) => {
  const sent = { collection_method: 'send_invoice', days_until_due: amount % 20 }
  account.call('POST /v1/invoices', {
    customer: one(shop.customers, pick),
    pending_invoice_items_behavior: amount % 3 === 0 ? 'exclude' : 'include',
    auto_advance: amount % 2 === 0,
    ...(pick % 3 === 0 ? sent : {}),
    ...(amount % 4 === 0 ? { discounts: [{ coupon: shop.coupon }] } : {}),
    ...(amount % 7 === 0 ? { default_tax_rates: [one(shop.rates, pick)] } : {}),
  })
}

const editInvoice: Deed = (account, shop, { pick, amount }) => {
  const edit = one(
    [
      { discounts: [{ coupon: shop.coupon }] },
      { discounts: '' },
      { default_tax_rates: [one(shop.rates, amount)] },
      { auto_advance: amount % 2 === 0 },
      { description: 'Words', metadata: { a: '1' } },
    ],
    amount,
  )
  account.call(`POST /v1/invoices/${recent(account, pick)?.id ?? 'none'}`, edit)
}

const attachPayment: Deed = (account, _shop, { pick, amount }) => {
  const invoice = one(
    account.world.store.all('invoice').filter(({ status }) => status === 'open'),
    pick,
  )
  const { id } = account.call('POST /v1/payment_intents', {
    amount: Math.min(amount, invoice?.amount_remaining ?? amount),
    currency: 'usd',
    customer: invoice?.customer,
    ...(pick % 2 === 0 ? { confirm: true, payment_method: 'pm_card_visa', return_url: 'https://example.com' } : {}),
  })
  account.call(`POST /v1/invoices/${invoice?.id ?? 'none'}/attach_payment`, { payment_intent: id })
}

/** What a server does with invoices of its own. */
export const invoiceDeeds: Readonly<Record<string, Deed>> = {
  addPosition,
  draftInvoice,
  editInvoice,
  attachPayment,
  addLines: onDraft('add_lines', (shop, given) => ({ lines: [positionOf(shop, given)] })),
  changeLines: onDraft('update_lines', (shop, given, invoice) => ({
    lines: [{ ...positionOf(shop, given), id: lineOf(invoice, given) }],
  })),
  removeLines: onDraft('remove_lines', (_shop, given, invoice) => ({
    lines: [{ id: lineOf(invoice, given), behavior: one(['delete', 'unassign'], given.pick) }],
  })),
  changePosition: post('invoiceitem', 'invoiceitems/{id}', (_, { amount }) => ({ amount })),
  removePosition: (account, _shop, { pick }) => {
    account.call(`DELETE /v1/invoiceitems/${idOf(account, 'invoiceitem', pick)}`)
  },
  sendInvoice: post('invoice', 'invoices/{id}/send'),
  payElsewhere: post('invoice', 'invoices/{id}/pay', () => ({ paid_out_of_band: true })),
  deleteInvoice: (account, _shop, { pick }) => {
    account.call(`DELETE /v1/invoices/${recent(account, pick)?.id ?? 'none'}`)
  },
}
