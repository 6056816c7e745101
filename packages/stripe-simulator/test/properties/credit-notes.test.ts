import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CreditNote } from '../../src/domain/objects/credit-note.ts'
import type { Invoice } from '../../src/domain/objects/invoice.ts'
import type { Subscription } from '../../src/domain/objects/subscription.ts'
import { deeds } from './support/commands.ts'
import type { Command } from './support/deed.ts'
import { lostMoney } from './support/invariants.ts'
import { type OpenAccount, openAccount, refusable } from './support/open-account.ts'
import { openShop, type Shop } from './support/shop.ts'

const seed = Number(process.env.FAST_CHECK_SEED ?? 20_261_028)

const bill = fc.record({
  paid: fc.boolean(),
  taxed: fc.boolean(),
  inclusive: fc.boolean(),
  discounted: fc.boolean(),
  balance: fc.constantFrom(0, 0, -700, 90),
  quantities: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
  amounts: fc.array(fc.integer({ min: 77, max: 2999 }), { minLength: 3, maxLength: 3 }),
})

type Bill = typeof bill extends fc.Arbitrary<infer T> ? T : never

const open = ({ paid, taxed, inclusive, discounted, balance, quantities, amounts }: Bill) => {
  const account = openAccount()
  const shop = openShop(account)
  const { call } = account
  const [customer] = shop.customers
  call(`POST /v1/customers/${customer}`, { balance, address: { country: 'DE' } })
  const { id: product } = call('POST /v1/products', { name: 'Seat' })
  const items = quantities.map((quantity, index) => {
    const tax_behavior = inclusive ? 'inclusive' : 'exclusive'
    const price = { product, currency: 'usd', unit_amount: amounts[index], recurring: { interval: 'month' } }
    return { price: call('POST /v1/prices', { ...price, tax_behavior }).id, quantity }
  })
  const made = call<Subscription>('POST /v1/subscriptions', {
    customer,
    items,
    automatic_tax: { enabled: taxed },
    payment_behavior: paid ? 'allow_incomplete' : 'default_incomplete',
    ...(discounted ? { discounts: [{ coupon: shop.coupon }] } : {}),
  })
  const invoice = (): Invoice => call(`GET /v1/invoices/${made.latest_invoice}`)
  return { account, shop, invoice }
}

const deed = fc.record({
  name: fc.constantFrom('credit', 'credit', 'credit', 'refund', 'voidNote', 'payInvoice', 'adjust'),
  pick: fc.nat(40),
  amount: fc.integer({ min: 20, max: 9000 }),
})

const perform = (account: OpenAccount, shop: Shop, given: Command): void => {
  const { world } = account
  if (given.name === 'refund' && world.store.all('charge').length === 0) return
  refusable(() => deeds[given.name]?.(account, shop, given))
  expect({ given, problems: lostMoney(world) }).toEqual({ given, problems: [] })
}

const refunded = ({ world }: OpenAccount): number =>
  world.store
    .all('refund')
    .filter(
      ({ id }) => !world.store.all('credit_note').some((note) => note.refunds.some(({ refund }) => refund === id)),
    )
    .reduce((total, { amount }) => total + amount, 0)

const restOf = (account: OpenAccount, invoice: Invoice): number => {
  const { total, pre_payment_credit_notes_amount: before, post_payment_credit_notes_amount: after } = invoice
  return total - before - after - refunded(account)
}

const everything = ({ world }: OpenAccount): string =>
  JSON.stringify(Object.entries(world.store.objects()).filter(([, objects]) => objects.length > 0))

describe(`credit notes (seed ${seed})`, () => {
  it('never credit more than is left, in any order, and always add up', () => {
    fc.assert(
      fc.property(bill, fc.array(deed, { minLength: 3, maxLength: 14 }), (given, commands) => {
        const { account, shop } = open(given)
        for (const command of commands) perform(account, shop, command)
      }),
      { seed, numRuns: 150 },
    )
  })

  it('make exactly what was previewed, and a preview leaves nothing behind', () => {
    fc.assert(
      fc.property(bill, fc.integer({ min: 1, max: 3000 }), (given, asked) => {
        const { account, invoice } = open(given)
        const { id: of, total, amount_remaining } = invoice()
        const amount = Math.min(asked, total)
        const owed = Math.max(0, amount - amount_remaining)
        const input = { invoice: of, amount, ...(owed > 0 ? { credit_amount: owed } : {}) }
        const before = everything(account)
        const lines = ({ lines: { data } }: CreditNote) => data.map(({ id: _id, ...line }) => line)
        refusable(() => {
          const preview = account.call<CreditNote>('GET /v1/credit_notes/preview', input)
          expect(everything(account) === before).toBe(true)
          const made = account.call<CreditNote>('POST /v1/credit_notes', input)
          expect(lines(made)).toEqual(lines(preview))
          expect([made.total, made.type, made.number]).toEqual([preview.total, preview.type, preview.number])
        })
      }),
      { seed, numRuns: 80 },
    )
  })

  it('after some parts, credit the whole rest: not a cent more or less, and an open invoice is paid by it', () => {
    fc.assert(
      fc.property(bill, fc.array(deed, { maxLength: 4 }), (given, commands) => {
        const { account, shop, invoice } = open({ ...given, balance: 0 })
        for (const command of commands) if (command.name === 'credit') perform(account, shop, command)
        const { id, amount_remaining } = invoice()
        const rest = restOf(account, invoice())
        fc.pre(rest > 0)
        const owed = rest - amount_remaining
        account.call('POST /v1/credit_notes', {
          invoice: id,
          amount: rest,
          ...(owed > 0 ? { credit_amount: owed } : {}),
        })
        expect(invoice()).toMatchObject({ status: 'paid', amount_remaining: 0 })
        expect(lostMoney(account.world)).toEqual([])
        const none = account.world.store.all('credit_note').length
        refusable(() => account.call('POST /v1/credit_notes', { invoice: id, amount: 1, out_of_band_amount: 1 }))
        expect(account.world.store.all('credit_note')).toHaveLength(none)
      }),
      { seed, numRuns: 100 },
    )
  })
})
