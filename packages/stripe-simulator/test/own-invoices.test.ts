import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import type { SimulatorOptions } from '../src/index.ts'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const open = async (options: SimulatorOptions = {}) => {
  const simulated = await openSimulator(options)
  const catalog = await createCatalog(simulated.stripe)
  const { id: customer } = await createPayer(simulated.stripe)
  const { stripe, simulator } = simulated
  const draft = async (amount: number, params: Stripe.InvoiceCreateParams = {}): Promise<Stripe.Invoice> => {
    const { id } = await stripe.invoices.create({ customer, ...params })
    return stripe.invoices.addLines(id, { lines: [{ amount }] })
  }
  const told = (id: string): string[] =>
    simulator
      .objects('event')
      .filter(({ data }) => data.object.id === id)
      .reverse()
      .map(({ type }) => type)
  return { ...simulated, ...catalog, customer, draft, told, [Symbol.asyncDispose]: () => simulator.close() }
}

const day = 86_400
const sent = { collection_method: 'send_invoice', days_until_due: 14 } as const

describe('an invoice made by hand', () => {
  it('stays a draft for good, unless it is to go on by itself', async () => {
    await using world = await open()
    const { stripe, simulator, draft, told } = world
    const still = await draft(1000)
    const goes = await draft(2000, { auto_advance: true })
    expect([still.auto_advance, still.automatically_finalizes_at]).toEqual([false, null])
    expect(goes.automatically_finalizes_at).toBe(goes.created + 3600)
    await simulator.clock.advance({ minutes: 59 })
    expect((await stripe.invoices.retrieve(goes.id)).status).toBe('draft')
    await simulator.clock.advance({ days: 2 })
    expect((await stripe.invoices.retrieve(still.id)).status).toBe('draft')
    const paid = await stripe.invoices.retrieve(goes.id, { expand: ['payments'] })
    expect([paid.status, paid.amount_paid, paid.payments?.data.length]).toEqual(['paid', 2000, 1])
    expect(told(goes.id)).toEqual([
      'invoice.created',
      'invoice.updated',
      'invoice.finalized',
      'invoice.paid',
      'invoice.payment_succeeded',
    ])
  })

  it('finalized by hand waits an hour for its charge when it goes on by itself, and for ever otherwise', async () => {
    await using world = await open()
    const { stripe, simulator, draft } = world
    const quiet = await stripe.invoices.finalizeInvoice((await draft(1000)).id)
    const eager = await stripe.invoices.finalizeInvoice((await draft(1000)).id, { auto_advance: true })
    expect([quiet.status, quiet.next_payment_attempt]).toEqual(['open', null])
    expect([eager.status, eager.next_payment_attempt]).toEqual(['open', eager.created + 3600])
    await simulator.clock.advance({ hours: 2 })
    expect((await stripe.invoices.retrieve(eager.id)).status).toBe('paid')
    expect((await stripe.invoices.retrieve(quiet.id)).status).toBe('open')
    await stripe.invoices.update(quiet.id, { auto_advance: true })
    await simulator.clock.advance({ hours: 2 })
    expect((await stripe.invoices.retrieve(quiet.id)).status).toBe('paid')
  })

  it('without a card that pays is tried like a renewal', async () => {
    await using world = await open()
    const { stripe, simulator, draft, customer } = world
    const { id: bad } = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer })
    const { id } = await draft(1000, { auto_advance: true, default_payment_method: bad })
    await simulator.clock.advance({ days: 4 })
    const late = await stripe.invoices.retrieve(id)
    expect([late.status, late.attempt_count]).toEqual(['open', 2])
  })

  it('that is sent has a due date, tells that it was sent, and is open until it is paid', async () => {
    await using world = await open({ settings: { overdueDays: 3, willBeDueDays: 2 } })
    const { stripe, simulator, draft, told, customer } = world
    expect((await failure(stripe.invoices.create({ customer, collection_method: 'send_invoice' }))).param).toBe(
      'days_until_due',
    )
    expect((await failure(stripe.invoices.create({ customer, days_until_due: 5 }))).param).toBe('days_until_due')
    const { id, created } = await draft(5000, { ...sent, auto_advance: true })
    await simulator.clock.advance({ days: 20 })
    const due = await stripe.invoices.retrieve(id)
    expect([due.status, due.due_date, due.attempt_count]).toEqual(['open', created + 14 * day, 0])
    expect(told(id).slice(2)).toEqual(['invoice.finalized', 'invoice.sent', 'invoice.will_be_due', 'invoice.overdue'])
    const listed = await stripe.invoices.list({ due_date: { lte: created + 14 * day } })
    expect(listed.data.map((invoice) => invoice.id)).toEqual([id])
    expect((await stripe.invoices.list({ due_date: { gt: created + 14 * day } })).data).toEqual([])
  })

  it('is sent by hand from a draft, and only when it is one to be sent', async () => {
    await using world = await open()
    const { stripe, draft } = world
    const { id } = await draft(5000, sent)
    expect((await stripe.invoices.sendInvoice(id)).status).toBe('open')
    expect((await failure(stripe.invoices.sendInvoice((await draft(5)).id))).message).toContain('send_invoice')
  })

  it('whose subscription is to be paid by invoice makes it late at the due date', async () => {
    await using world = await open()
    const { stripe, simulator, customer, basic } = world
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: basic.id }], ...sent })
    await simulator.clock.advance({ days: 13 })
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active')
    await simulator.clock.advance({ days: 2 })
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due')
  })

  it('can be changed as a draft; finalized, it says what it said', async () => {
    await using world = await open()
    const { stripe, draft, customer } = world
    const { id } = await draft(1000)
    const coupon = await stripe.coupons.create({ amount_off: 300, currency: 'usd' })
    const edited = await stripe.invoices.update(id, {
      ...sent,
      description: 'For the work',
      footer: 'Thanks',
      number: 'W-7',
      custom_fields: [{ name: 'PO', value: '9' }],
      discounts: [{ coupon: coupon.id }],
    })
    expect([edited.total, edited.number, edited.due_date]).toEqual([700, 'W-7', edited.created + 14 * day])
    const [discount] = edited.discounts
    const kept = await stripe.invoices.update(id, { discounts: [{ discount: String(discount) }], description: '' })
    expect([kept.discounts, kept.description, kept.total]).toEqual([[discount], null, 700])
    const final = await stripe.invoices.finalizeInvoice(id)
    for (const change of [{ description: 'No' }, { discounts: '' as const }, { number: 'X' }, { due_date: 9e9 }]) {
      expect((await failure(stripe.invoices.update(id, change))).code).toBe('invoice_not_editable')
    }
    const lines = final.lines.data.map((line) => ({ id: line.id, amount: 1 }))
    expect((await failure(stripe.invoices.addLines(id, { lines: [{ amount: 5 }] }))).code).toBe('invoice_not_editable')
    expect((await failure(stripe.invoices.updateLines(id, { lines }))).code).toBe('invoice_not_editable')
    expect((await failure(stripe.invoices.updateLineItem(id, lines[0]?.id ?? '', { amount: 1 }))).code).toBe(
      'invoice_not_editable',
    )
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ total: 700, description: null, number: 'W-7' })
    expect((await failure(stripe.invoices.create({ customer, number: 'W-7' }))).param).toBe('number')
  })

  it('changes several lines at once, or none of them, and tells it once', async () => {
    await using world = await open()
    const { stripe, customer, told, pack } = world
    const { id } = await stripe.invoices.create({ customer })
    const waiting = await stripe.invoiceItems.create({ customer, amount: 40, currency: 'usd' })
    const lines = [{ amount: 700 }, { pricing: { price: pack.id }, quantity: 2 }, { invoice_item: waiting.id }]
    const grown = await stripe.invoices.addLines(id, { lines, invoice_metadata: { a: '1' } })
    expect(grown.lines.data.map(({ amount }) => amount)).toEqual([700, 1000, 40])
    expect([grown.total, grown.metadata]).toEqual([1740, { a: '1' }])
    expect(told(id)).toEqual(['invoice.created', 'invoice.updated'])
    const half = stripe.invoices.addLines(id, { lines: [{ amount: 5 }, { pricing: { price: 'price_none' } }] })
    expect((await failure(half)).param).toBe('lines[1][pricing][price]')
    expect((await stripe.invoices.retrieve(id)).total).toBe(1740)
    const [first, , third] = grown.lines.data.map((line) => line.id)
    const less = await stripe.invoices.removeLines(id, {
      lines: [
        { id: first ?? '', behavior: 'delete' },
        { id: third ?? '', behavior: 'unassign' },
      ],
    })
    expect(less.total).toBe(1000)
    const pending = await stripe.invoiceItems.list({ pending: true })
    expect(pending.data.map((item) => item.id)).toEqual([waiting.id])
  })

  it('takes taxes that somebody else worked out', async () => {
    await using world = await open()
    const { stripe, draft } = world
    const { id, lines } = await draft(1000)
    const tax_rate_data = { display_name: 'Duty', inclusive: false, percentage: 12 }
    const tax_amounts = [{ amount: 123, taxable_amount: 1000, tax_rate_data }]
    await stripe.invoices.updateLineItem(id, lines.data[0]?.id ?? '', { tax_amounts })
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ subtotal: 1000, total: 1123 })
  })

  it('can be deleted as a draft only, with its positions', async () => {
    await using world = await open()
    const { stripe, draft, told } = world
    const { id } = await draft(1000)
    expect(await stripe.invoices.del(id)).toMatchObject({ id, object: 'invoice', deleted: true })
    expect((await failure(stripe.invoices.retrieve(id))).statusCode).toBe(404)
    expect((await stripe.invoiceItems.list()).data).toEqual([])
    expect(told(id).at(-1)).toBe('invoice.deleted')
    const final = await stripe.invoices.finalizeInvoice((await draft(1000)).id)
    expect((await failure(stripe.invoices.del(final.id))).code).toBe('invoice_not_editable')
    expect((await stripe.invoices.pay(final.id)).status).toBe('paid')
    expect((await failure(stripe.invoices.finalizeInvoice(final.id))).code).toBe('invoice_not_editable')
    expect((await failure(stripe.invoices.pay(final.id))).code).toBe('invoice_already_paid')
  })

  it('that is deleted sets its positions free where the account wants that', async () => {
    await using world = await open({ settings: { deletedDraftItems: 'release' } })
    const { stripe, draft } = world
    await stripe.invoices.del((await draft(1000)).id)
    expect((await stripe.invoiceItems.list({ pending: true })).data.map(({ amount }) => amount)).toEqual([1000])
  })
})

describe('an open invoice', () => {
  it('paid outside of Stripe is paid without a charge, and asks for no payment any more', async () => {
    await using world = await open()
    const { stripe, draft, told } = world
    const { id } = await stripe.invoices.finalizeInvoice((await draft(1000)).id)
    const paid = await stripe.invoices.pay(id, { paid_out_of_band: true, expand: ['payments'] })
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 1000, amount_paid_off_stripe: 1000, amount_remaining: 0 })
    expect(paid.payments?.data.map(({ status }) => status)).toEqual(['canceled'])
    expect((await stripe.charges.list()).data).toEqual([])
    expect(told(id).slice(-2)).toEqual(['invoice.finalized', 'invoice.paid'])
    expect((await failure(stripe.invoices.pay(id, { paid_out_of_band: true }))).code).toBe('invoice_already_paid')
  })

  it('is paid in parts by payments that are attached to it, and its own asks for the rest', async () => {
    await using world = await open()
    const { stripe, draft, customer } = world
    const { id } = await stripe.invoices.finalizeInvoice((await draft(5000)).id)
    const confirm = { confirm: true, payment_method: 'pm_card_visa', return_url: 'https://example.com' }
    const made = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd', customer, ...confirm })
    const part = await stripe.invoices.attachPayment(id, { payment_intent: made.id, expand: ['payments'] })
    expect(part).toMatchObject({ status: 'open', amount_paid: 2000, amount_remaining: 3000 })
    expect(part.payments?.data.map(({ amount_requested, status }) => [amount_requested, status])).toEqual([
      [2000, 'paid'],
      [3000, 'open'],
    ])
    const later = await stripe.paymentIntents.create({ amount: 1000, currency: 'usd', customer })
    await stripe.invoices.attachPayment(id, { payment_intent: later.id })
    await stripe.paymentIntents.confirm(later.id, { payment_method: 'pm_card_visa', return_url: 'https://example.com' })
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'open', amount_remaining: 2000 })
    const whole = await stripe.invoices.pay(id, { expand: ['payments'] })
    expect(whole).toMatchObject({ status: 'paid', amount_paid: 5000 })
    const paid = (whole.payments?.data ?? []).reduce((sum, { amount_paid }) => sum + (amount_paid ?? 0), 0)
    expect(paid).toBe(5000)
    const again = stripe.invoices.attachPayment(id, { payment_intent: made.id })
    expect((await failure(again)).statusCode).toBe(400)
  })
})
