import type { Invoice } from '../../../src/domain/objects/invoice.ts'
import { type Command, type Deed, one } from './deed.ts'
import type { OpenAccount } from './open-account.ts'

const customLine = (amount: number) => ({
  type: 'custom_line_item',
  description: 'Sorry',
  quantity: 1,
  unit_amount: 1 + (amount % 400),
})

const whatOf = (invoice: Invoice, { pick, amount }: Command): Record<string, unknown> => {
  const line = one(invoice.lines.data, pick)
  const named = { type: 'invoice_line_item', invoice_line_item: line?.id ?? 'none' }
  const ways = [
    { amount: 1 + (amount % 1500) },
    { amount: invoice.total },
    { lines: [{ ...named, amount: 1 + (amount % 1200) }] },
    { lines: [{ ...named, quantity: 1 + (amount % 2) }] },
    { lines: [customLine(amount)] },
    { lines: [{ ...named, amount: line?.amount ?? 1 }, customLine(pick)] },
  ]
  return one(ways, amount) ?? {}
}

/** What a credit note would have to give back of what was paid. */
const owedBy = ({ call }: OpenAccount, what: Record<string, unknown>): number => {
  for (const out_of_band_amount of [0, Number(what.amount ?? 0)]) {
    try {
      return call<{ post_payment_amount: number }>('GET /v1/credit_notes/preview', { ...what, out_of_band_amount })
        .post_payment_amount
    } catch (cause) {
      const stated = /post payment amount of the credit note \((\d+)\)/.exec(String(cause))?.[1]
      if (stated !== undefined) return Number(stated)
    }
  }
  return 0
}

const linked = (account: OpenAccount, pick: number, owed: number): Record<string, unknown> => {
  const refund = one(account.world.store.all('refund'), pick)
  return { refunds: [{ refund: refund?.id ?? 'none', amount_refunded: Math.min(owed, refund?.amount ?? owed) }] }
}

const giveBack = (account: OpenAccount, { pick, amount }: Command, owed: number): Record<string, unknown> => {
  if (owed === 0) return {}
  const part = amount % (owed + 1)
  const ways = [
    { refund_amount: owed },
    { credit_amount: owed },
    { out_of_band_amount: owed },
    { refund_amount: part, credit_amount: owed - part },
    linked(account, pick, owed),
  ]
  return one(ways, pick) ?? {}
}

const credit: Deed = (account, _shop, given) => {
  const invoice = one(account.world.store.all('invoice'), given.pick)
  if (!invoice) return
  const what = { invoice: invoice.id, ...whatOf(invoice, given) }
  account.call('POST /v1/credit_notes', { ...what, ...giveBack(account, given, owedBy(account, what)) })
}

const voidNote: Deed = (account, _shop, { pick }) => {
  const note = one(account.world.store.all('credit_note'), pick)
  if (note) account.call(`POST /v1/credit_notes/${note.id}/void`)
}

const adjust: Deed = (account, shop, { pick, amount }) => {
  const change = { amount: (amount % 3000) - 1500, currency: amount % 7 === 0 ? 'eur' : 'usd' }
  account.call(`POST /v1/customers/${one(shop.customers, pick)}/balance_transactions`, change)
}

const setBalance: Deed = (account, shop, { pick, amount }) => {
  account.call(`POST /v1/customers/${one(shop.customers, pick)}`, { balance: (amount % 1000) - 700 })
}

/** What is done with balances and credit notes. */
export const creditDeeds: Readonly<Record<string, Deed>> = { credit, voidNote, adjust, setBalance }
