import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { billed, idOf, lineOf } from './support/billed.ts'
import { eventsAfter } from './support/events-after.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const custom = (unit_amount: number) => ({
  type: 'custom_line_item' as const,
  description: 'Goodwill',
  quantity: 1,
  unit_amount,
})

describe('the lines of a credit note', () => {
  it('carry their part of discounts and taxes', async () => {
    await using open = await openSimulator()
    const invoice = await billed(open, { paid: false, tax: 'exclusive', percentOff: 50 })
    expect(invoice.total).toBe(1785)
    const note = await open.stripe.creditNotes.create({
      invoice: idOf(invoice),
      lines: [{ ...lineOf(invoice), quantity: 1 }],
    })
    expect(note).toMatchObject({
      subtotal: 1000,
      discount_amount: 500,
      total_excluding_tax: 500,
      total: 595,
      total_taxes: [{ amount: 95, taxable_amount: 500, tax_behavior: 'exclusive' }],
    })
    expect(note.lines.data).toMatchObject([
      { amount: 1000, discount_amount: 500, discount_amounts: [{ amount: 500 }], taxes: [{ amount: 95 }] },
    ])
    expect(note.pretax_credit_amounts).toMatchObject([{ amount: 500, type: 'discount' }])
  })

  it('are over what is taxed without the tax that is in it, where tax is automatic', async () => {
    await using open = await openSimulator()
    const invoice = await billed(open, { paid: false, amount: 1190, quantity: 1, tax: 'inclusive' })
    const lines = [{ ...lineOf(invoice), amount: 500 }]
    const note = await open.stripe.creditNotes.create({ invoice: idOf(invoice), lines })
    expect(note).toMatchObject({ subtotal: 595, subtotal_excluding_tax: 500, total: 595, total_excluding_tax: 500 })
  })

  it('can be the seller’s own, taxed by rates', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: false })
    const rate = await stripe.taxRates.create({ display_name: 'VAT', inclusive: false, percentage: 10 })
    const lines = [{ ...custom(500), quantity: 2, tax_rates: [rate.id], metadata: { why: 'late' } }]
    const note = await stripe.creditNotes.create({ invoice: idOf(invoice), lines })
    expect(note).toMatchObject({ subtotal: 1000, total: 1100, total_taxes: [{ amount: 100 }] })
    expect(note.lines.data).toMatchObject([
      {
        amount: 1000,
        description: 'Goodwill',
        metadata: { why: 'late' },
        quantity: 2,
        tax_rates: [{ id: rate.id }],
        type: 'custom_line_item',
        unit_amount: 500,
      },
    ])
    expect(note.lines.data[0]).not.toHaveProperty('invoice_line_item')
  })

  it('of one’s own hold several taxes as a line of an invoice does: together they leave the net amount', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: false })
    const inclusive = { display_name: 'VAT', inclusive: true }
    const state = await stripe.taxRates.create({ ...inclusive, percentage: 15 })
    const city = await stripe.taxRates.create({ ...inclusive, percentage: 10 })
    const lines = [{ ...custom(1250), tax_rates: [state.id, city.id] }]
    const note = await stripe.creditNotes.create({ invoice: idOf(invoice), lines })
    expect(note).toMatchObject({ subtotal: 1250, total: 1250, total_excluding_tax: 1000 })
    expect(note.total_taxes?.map(({ amount, taxable_amount }) => [amount, taxable_amount])).toEqual([
      [150, 1000],
      [100, 1000],
    ])
  })

  it('of one’s own bear no tax where the customer is exempt', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: false })
    await stripe.customers.update(String(invoice.customer), { tax_exempt: 'exempt' })
    const rate = await stripe.taxRates.create({ display_name: 'VAT', inclusive: false, percentage: 10 })
    const lines = [{ ...custom(500), tax_rates: [rate.id] }]
    const note = await stripe.creditNotes.create({ invoice: idOf(invoice), lines })
    expect(note).toMatchObject({ total: 500, total_taxes: [{ amount: 0, taxability_reason: 'customer_exempt' }] })
  })

  it('spread an amount over all lines of the invoice in proportion', async () => {
    await using open = await openSimulator()
    const invoice = await billed(open, { paid: false, tax: 'exclusive' })
    const note = await open.stripe.creditNotes.create({ invoice: idOf(invoice), amount: 1190 })
    expect(note).toMatchObject({ subtotal: 1000, total: 1190, total_taxes: [{ amount: 190 }] })
    expect(note.lines.data).toMatchObject([{ type: 'invoice_line_item', amount: 1000 }])
  })

  it.each([
    ['more than is left of the line', (line: object) => [{ ...line, amount: 3001 }], 'lines[0][amount]'],
    ['more of them than there are', (line: object) => [{ ...line, quantity: 4 }], 'lines[0][quantity]'],
    ['nothing', (line: object) => [{ ...line, amount: 0 }], 'lines[0][amount]'],
    ['an amount and a quantity', (line: object) => [{ ...line, amount: 1, quantity: 1 }], 'lines[0]'],
    ['neither', (line: object) => [line], 'lines[0]'],
    [
      'a line twice',
      (line: object) => [
        { ...line, amount: 2000 },
        { ...line, amount: 1001 },
      ],
      'lines[1][amount]',
    ],
    ['another price for it', (line: object) => [{ ...line, quantity: 1, unit_amount: 5 }], 'lines[0][unit_amount]'],
    [
      'a line of no invoice',
      () => [{ type: 'invoice_line_item', invoice_line_item: 'il_none', amount: 1 }],
      'lines[0][invoice_line_item]',
    ],
    ['a custom line below zero', () => [custom(-5)], 'lines[0][unit_amount]'],
    ['a custom line with an amount', () => [{ ...custom(5), amount: 5 }], 'lines[0][amount]'],
    ['more than the invoice is over', () => [custom(3001)], 'amount'],
  ])('are refused with %s', async (_case, lines, param) => {
    await using open = await openSimulator()
    const invoice = await billed(open, { paid: false })
    const input = { invoice: idOf(invoice), lines: lines(lineOf(invoice)) as Stripe.CreditNoteCreateParams.Line[] }
    expect(await failure(open.stripe.creditNotes.create(input))).toMatchObject({ statusCode: 400, param })
    expect(await open.stripe.invoices.retrieve(idOf(invoice))).toMatchObject({ amount_remaining: 3000 })
  })

  it('are credited by amount or by quantity, not by both in turn', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: false })
    const credit = (line: object) =>
      stripe.creditNotes.create({ invoice: idOf(invoice), lines: [{ ...lineOf(invoice), ...line }] })
    await credit({ quantity: 1 })
    expect(await failure(credit({ amount: 100 }))).toMatchObject({ statusCode: 400 })
    await credit({ quantity: 2 })
    expect(await stripe.invoices.retrieve(idOf(invoice))).toMatchObject({ status: 'paid' })
  })

  it('cannot be the seller’s own where tax is automatic', async () => {
    await using open = await openSimulator()
    const invoice = await billed(open, { paid: false, tax: 'exclusive' })
    const refused = await failure(open.stripe.creditNotes.create({ invoice: idOf(invoice), lines: [custom(100)] }))
    expect(refused).toMatchObject({ statusCode: 400, param: 'lines[0][type]' })
  })
})

describe('a credit note that is not made', () => {
  it('is previewed as it would be, and the preview leaves nothing behind', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: true })
    const input = { invoice: idOf(invoice), amount: 1000, refund_amount: 600, credit_amount: 400 }
    const events = await eventsAfter(open, async () => {
      const preview = await stripe.creditNotes.preview(input)
      expect(preview).toMatchObject({ total: 1000, customer_balance_transaction: null, refunds: [] })
      const lines = await stripe.creditNotes.listPreviewLineItems(input)
      expect(lines.data.map(({ amount }) => amount)).toEqual([1000])
    })
    expect(events).toEqual([])
    expect((await stripe.creditNotes.list()).data).toEqual([])
    expect((await stripe.refunds.list()).data).toEqual([])
  })

  it('is one that would leave less than can be collected', async () => {
    await using open = await openSimulator()
    const invoice = await billed(open, { paid: false })
    const refused = await failure(open.stripe.creditNotes.create({ invoice: idOf(invoice), amount: 2951 }))
    expect(refused).toMatchObject({ statusCode: 400, code: 'amount_too_small' })
    expect(await open.stripe.invoices.retrieve(idOf(invoice))).toMatchObject({ amount_remaining: 3000 })
  })
})
