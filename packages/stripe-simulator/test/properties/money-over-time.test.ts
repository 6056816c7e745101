import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../src/domain/objects/invoice.ts'
import type { Subscription } from '../../src/domain/objects/subscription.ts'
import { type OpenAccount, openAccount } from './support/open-account.ts'
import { openShop, type Shop } from './support/shop.ts'

const seed = Number(process.env.FAST_CHECK_SEED ?? 20_261_028)
const day = 86_400

const open = (start: string, quantity = 1, plan = 0): { account: OpenAccount; shop: Shop; made: Subscription } => {
  const account = openAccount({ now: () => new Date(start) })
  const shop = openShop(account)
  const input = { customer: shop.customers[0], items: [{ price: shop.plans[plan], quantity }] }
  return { account, shop, made: account.call<Subscription>('POST /v1/subscriptions', input) }
}

const itemOf = ({ items }: Subscription) => {
  const [item] = items.data
  if (!item) throw new TypeError('A subscription without items')
  return item
}

const latest = ({ call }: OpenAccount, { id }: Subscription): Invoice => {
  const { latest_invoice } = call<Subscription>(`GET /v1/subscriptions/${id}`)
  return call<Invoice>(`GET /v1/invoices/${latest_invoice}`)
}

const amounts = (invoice: Invoice): number[] => invoice.lines.data.map(({ amount }) => amount)

const change = fc.record({
  from: fc.nat(3),
  to: fc.nat(3),
  before: fc.integer({ min: 1, max: 5 }),
  after: fc.integer({ min: 1, max: 5 }),
  waited: fc.integer({ min: 0, max: 27 * day }),
})

describe(`a change of plan (seed ${seed})`, () => {
  it('is billed to the cent as it was previewed, up and down', () => {
    fc.assert(
      fc.property(change, ({ from, to, before, after, waited }) => {
        fc.pre(from !== to || before !== after)
        const { account, shop, made } = open('2026-01-31T09:00:00Z', before, from)
        const proration_date = made.created + waited
        account.advance({ to: proration_date })
        const items = [{ id: itemOf(made).id, price: shop.plans[to], quantity: after }]
        const terms = { items, proration_behavior: 'always_invoice', proration_date }
        const preview = account.call<Invoice>('POST /v1/invoices/create_preview', {
          subscription: made.id,
          subscription_details: terms,
        })
        const first = latest(account, made).id
        account.call(`POST /v1/subscriptions/${made.id}`, terms)
        const billed = latest(account, made)
        expect(billed.id).not.toBe(first)
        expect([amounts(billed), billed.total, billed.amount_due]).toEqual([
          amounts(preview),
          preview.total,
          preview.amount_due,
        ])
      }),
      { seed, numRuns: 80 },
    )
  })

  it('gives back no more than was paid, and nothing twice', () => {
    fc.assert(
      fc.property(change, fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }), ({ from, before, waited }, plans) => {
        const { account, shop, made } = open('2026-01-31T09:00:00Z', before, from)
        account.advance({ to: made.created + Math.min(waited, 20 * day) })
        const proration_behavior = 'create_prorations'
        fc.pre(from !== 2)
        const monthly = plans.filter((plan) => plan !== 2)
        for (const plan of [...monthly, from]) {
          const items = [{ id: itemOf(made).id, price: shop.plans[plan], quantity: before }]
          account.call(`POST /v1/subscriptions/${made.id}`, { items, proration_behavior })
        }
        const pending = account.world.store.all('invoiceitem').map(({ amount }) => amount)
        expect(pending.reduce((sum, amount) => sum + amount, 0)).toBe(0)
      }),
      { seed, numRuns: 60 },
    )
  })

  it('that is taken at once costs what is left of the one less what is left of the other', () => {
    const { account, shop, made } = open('2026-03-01T00:00:00Z', 1, 0)
    account.advance({ to: made.created + 15.5 * day })
    const items = [{ id: itemOf(made).id, price: shop.plans[1] }]
    account.call(`POST /v1/subscriptions/${made.id}`, { items, proration_behavior: 'always_invoice' })
    expect(amounts(latest(account, made))).toEqual([-500, 1252])
  })
})

const lastDayOf = (date: Date): number =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()

const anyStart = fc.date({ min: new Date('2023-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })

const ends = (account: OpenAccount, made: Subscription, periods: number): Date[] =>
  Array.from({ length: periods }, () => {
    const item = itemOf(account.call<Subscription>(`GET /v1/subscriptions/${made.id}`))
    account.advance({ to: item.current_period_end + 7200 })
    const next = itemOf(account.call<Subscription>(`GET /v1/subscriptions/${made.id}`))
    expect(next.current_period_start).toBe(item.current_period_end)
    return new Date(item.current_period_end * 1000)
  })

describe(`renewals (seed ${seed})`, () => {
  it('come on the day of the first, or on the last of a month that is too short', () => {
    fc.assert(
      fc.property(anyStart, (start) => {
        const { account, made } = open(start.toISOString())
        const renewed = ends(account, made, 14)
        expect(renewed.map((date) => date.getUTCDate())).toEqual(
          renewed.map((date) => Math.min(start.getUTCDate(), lastDayOf(date))),
        )
        const months = renewed.map((date) => date.getUTCFullYear() * 12 + date.getUTCMonth())
        const first = start.getUTCFullYear() * 12 + start.getUTCMonth()
        expect(months).toEqual(months.map((_, index) => first + index + 1))
      }),
      { seed, numRuns: 15 },
    )
  })

  it('of a year that began on the 29th of February come back to it in leap years', () => {
    const { account, made } = open('2024-02-29T10:00:00Z', 1, 2)
    expect(ends(account, made, 4).map((date) => date.toISOString().slice(0, 10))).toEqual([
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ])
  })
})

describe('a renewal that is not paid', () => {
  const stopPaying = (settings: { readonly afterLastRetry: 'cancel' | 'mark_unpaid' | 'leave_past_due' }) => {
    const account = openAccount({ settings })
    const shop = openShop(account)
    const [customer] = shop.customers
    const input = { customer, items: [{ price: shop.plans[0] }] }
    const made = account.call<Subscription>('POST /v1/subscriptions', input)
    const uses = (card: string): void => {
      const method = account.call(`POST /v1/payment_methods/${card}/attach`, { customer })
      account.call(`POST /v1/customers/${customer}`, { invoice_settings: { default_payment_method: method.id } })
    }
    uses('pm_card_chargeCustomerFail')
    account.advance({ to: itemOf(made).current_period_end + 8 * day })
    const now = (): Subscription => account.call(`GET /v1/subscriptions/${made.id}`)
    return { account, now, uses, unpaid: latest(account, made) }
  }

  it('was tried four times, and ends as the settings say', () => {
    const { now, unpaid } = stopPaying({ afterLastRetry: 'cancel' })
    expect([now().status, unpaid.attempt_count, unpaid.next_payment_attempt]).toEqual(['canceled', 4, null])
    expect(stopPaying({ afterLastRetry: 'mark_unpaid' }).now().status).toBe('unpaid')
    expect(stopPaying({ afterLastRetry: 'leave_past_due' }).now().status).toBe('past_due')
  })

  it.each(['mark_unpaid', 'leave_past_due'] as const)('recovers from %s when it is paid', (afterLastRetry) => {
    const { account, now, uses, unpaid } = stopPaying({ afterLastRetry })
    uses('pm_card_visa')
    expect(account.call<Invoice>(`POST /v1/invoices/${unpaid.id}/pay`).status).toBe('paid')
    expect(now().status).toBe('active')
  })
})
