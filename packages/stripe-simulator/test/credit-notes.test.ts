import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { billed, idOf, lineOf } from './support/billed.ts'
import { eventsAfter } from './support/events-after.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const chargeOf = async ({ stripe }: OpenSimulator): Promise<Stripe.Charge> => {
  const [charge] = (await stripe.charges.list()).data
  if (!charge) throw new TypeError('nothing was charged')
  return charge
}

const intentOf = async ({ stripe }: OpenSimulator, invoice: Stripe.Invoice): Promise<Stripe.PaymentIntent> =>
  stripe.paymentIntents.retrieve(String(invoice.payments?.data[0]?.payment.payment_intent))

describe('a credit note on an open invoice', () => {
  it('takes off what is still to be paid, and its payment asks for the rest', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: false })
    const note = await stripe.creditNotes.create({
      invoice: idOf(invoice),
      lines: [{ ...lineOf(invoice), quantity: 1 }],
      reason: 'order_change',
      memo: 'One seat less',
    })
    expect(note).toMatchObject({
      amount: 1000,
      customer: invoice.customer,
      customer_balance_transaction: null,
      memo: 'One seat less',
      number: `${invoice.number}-CN-01`,
      out_of_band_amount: null,
      pre_payment_amount: 1000,
      post_payment_amount: 0,
      reason: 'order_change',
      refunds: [],
      status: 'issued',
      type: 'pre_payment',
      voided_at: null,
    })
    expect(note.lines.data).toMatchObject([
      { amount: 1000, description: '3 × Seat (at $10.00 / month)', quantity: 1, unit_amount: 1000 },
    ])
    expect(await stripe.invoices.retrieve(idOf(invoice))).toMatchObject({
      status: 'open',
      total: 3000,
      amount_due: 2000,
      amount_remaining: 2000,
      pre_payment_credit_notes_amount: 1000,
      post_payment_credit_notes_amount: 0,
    })
    expect(await intentOf(open, invoice)).toMatchObject({ amount: 2000 })
    expect(await stripe.invoices.pay(idOf(invoice))).toMatchObject({ status: 'paid', amount_paid: 2000 })
    expect(await chargeOf(open)).toMatchObject({ amount: 2000 })
  })

  it('over all of it pays it without a payment, and the subscription begins', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: false })
    const events = await eventsAfter(open, () => stripe.creditNotes.create({ invoice: idOf(invoice), amount: 3000 }))
    expect(events).toEqual([
      'credit_note.created',
      'invoice.updated',
      'payment_intent.canceled',
      'invoice.paid',
      'customer.subscription.updated',
    ])
    const paid = await stripe.invoices.retrieve(idOf(invoice))
    expect(paid).toMatchObject({ status: 'paid', amount_due: 0, amount_paid: 0, amount_remaining: 0 })
    expect(await intentOf(open, invoice)).toMatchObject({ status: 'canceled' })
    expect((await stripe.charges.list()).data).toEqual([])
    expect((await stripe.subscriptions.list()).data).toMatchObject([{ status: 'active' }])
  })

  it('can be voided while the invoice is open, and then all is as before', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: false })
    const note = await stripe.creditNotes.create({ invoice: idOf(invoice), amount: 1200 })
    const events = await eventsAfter(open, () => stripe.creditNotes.voidCreditNote(note.id))
    expect(events).toEqual(['credit_note.voided', 'invoice.updated'])
    expect(await stripe.creditNotes.retrieve(note.id)).toMatchObject({ status: 'void', voided_at: note.created })
    expect(await stripe.invoices.retrieve(idOf(invoice))).toMatchObject({
      amount_due: 3000,
      amount_remaining: 3000,
      pre_payment_credit_notes_amount: 0,
    })
    expect(await intentOf(open, invoice)).toMatchObject({ amount: 3000 })
    expect(await failure(stripe.creditNotes.voidCreditNote(note.id))).toMatchObject({ statusCode: 400 })
    const again = await stripe.creditNotes.create({ invoice: idOf(invoice), amount: 3000 })
    expect(again.number).toBe(`${invoice.number}-CN-02`)
    expect(await failure(stripe.creditNotes.voidCreditNote(again.id))).toMatchObject({ statusCode: 400 })
  })

  it('gives back what the balance paid of it, which has to be said', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: false, balance: -2500 })
    expect(invoice).toMatchObject({ total: 3000, amount_remaining: 500 })
    const input = { invoice: idOf(invoice), amount: 1500 }
    expect(await failure(stripe.creditNotes.create(input))).toMatchObject({ statusCode: 400 })
    const note = await stripe.creditNotes.create({ ...input, credit_amount: 1000 })
    expect(note).toMatchObject({ type: 'mixed', pre_payment_amount: 500, post_payment_amount: 1000 })
    expect(await stripe.customers.retrieve(String(invoice.customer))).toMatchObject({ balance: -1000 })
    expect(await stripe.invoices.retrieve(idOf(invoice))).toMatchObject({ status: 'paid', amount_remaining: 0 })
  })
})

describe('a credit note on a paid invoice', () => {
  it('gives back to the card, to the balance and elsewhere, to the last cent', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: true })
    const ways = { refund_amount: 1000, credit_amount: 500, out_of_band_amount: 200 }
    const input = { invoice: idOf(invoice), amount: 1700, ...ways }
    const events = await eventsAfter(open, () => stripe.creditNotes.create(input))
    expect(events).toEqual([
      'refund.created',
      'charge.refunded',
      'customer.updated',
      'credit_note.created',
      'invoice.updated',
    ])
    const [note] = (await stripe.creditNotes.list({ invoice: idOf(invoice) })).data
    const [refund] = (await stripe.refunds.list()).data
    expect(refund).toMatchObject({ amount: 1000, status: 'succeeded' })
    expect(note).toMatchObject({
      type: 'post_payment',
      post_payment_amount: 1700,
      out_of_band_amount: 200,
      refunds: [{ amount_refunded: 1000, refund: refund?.id, type: 'refund', payment_record_refund: null }],
    })
    const transaction = String(note?.customer_balance_transaction)
    expect(await stripe.customers.retrieveBalanceTransaction(String(invoice.customer), transaction)).toMatchObject({
      amount: -500,
      credit_note: note?.id,
      invoice: invoice.id,
      type: 'credit_note',
    })
    expect(await stripe.invoices.retrieve(idOf(invoice))).toMatchObject({
      status: 'paid',
      amount_paid: 3000,
      amount_due: 3000,
      post_payment_credit_notes_amount: 1700,
      pre_payment_credit_notes_amount: 0,
    })
    expect(await failure(stripe.creditNotes.voidCreditNote(note?.id ?? ''))).toMatchObject({ statusCode: 400 })
  })

  it.each([
    ['nothing is said of where it goes', {}],
    ['a part of it goes nowhere', { credit_amount: 900 }],
    ['more goes than is credited', { credit_amount: 900, out_of_band_amount: 200 }],
    ['it goes below zero', { credit_amount: 1100, out_of_band_amount: -100 }],
  ])('is refused when %s, and nothing changes', async (_case, ways) => {
    await using open = await openSimulator()
    const invoice = await billed(open, { paid: true })
    const events = await eventsAfter(open, async () => {
      const refused = failure(open.stripe.creditNotes.create({ invoice: idOf(invoice), amount: 1000, ...ways }))
      expect(await refused).toMatchObject({ statusCode: 400 })
    })
    expect(events).toEqual([])
    expect((await open.stripe.creditNotes.list()).data).toEqual([])
  })

  it('never credits more than is left, refunds counted', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: true })
    const credit = (amount: number) =>
      stripe.creditNotes.create({ invoice: idOf(invoice), amount, credit_amount: amount })
    await credit(1000)
    await stripe.refunds.create({ charge: (await chargeOf(open)).id, amount: 1500 })
    expect(await failure(credit(501))).toMatchObject({ statusCode: 400, param: 'amount' })
    await credit(500)
    expect(await failure(credit(1))).toMatchObject({ statusCode: 400, param: 'amount' })
  })

  it('can account for refunds that were made before', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: true })
    const refund = await stripe.refunds.create({ charge: (await chargeOf(open)).id, amount: 1500 })
    const link = (amount: number, refunds: Stripe.CreditNoteCreateParams.Refund[]) =>
      stripe.creditNotes.create({ invoice: idOf(invoice), amount, refunds })
    await link(1000, [{ refund: refund.id, amount_refunded: 1000 }])
    expect(await failure(link(600, [{ refund: refund.id, amount_refunded: 600 }]))).toMatchObject({
      param: 'refunds[0][amount_refunded]',
    })
    await link(500, [{ refund: refund.id, amount_refunded: 500 }])
    expect(await chargeOf(open)).toMatchObject({ amount_refunded: 1500 })
    const unknown = link(500, [{ refund: 're_none' }])
    expect(await failure(unknown)).toMatchObject({ code: 'resource_missing', param: 'refunds[0][refund]' })
  })
})

describe('a credit note', () => {
  it('can be annotated later, and is told of', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const invoice = await billed(open, { paid: false })
    const { id } = await stripe.creditNotes.create({ invoice: idOf(invoice), amount: 100, effective_at: 1_700_000_000 })
    const events = await eventsAfter(open, () =>
      stripe.creditNotes.update(id, { memo: 'Sorry', metadata: { ticket: '7' } }),
    )
    expect(events).toEqual(['credit_note.updated'])
    expect(await stripe.creditNotes.retrieve(id)).toMatchObject({
      effective_at: 1_700_000_000,
      memo: 'Sorry',
      metadata: { ticket: '7' },
    })
    expect((await stripe.creditNotes.listLineItems(id)).data).toHaveLength(1)
    expect((await stripe.creditNotes.list({ customer: 'cus_none' })).data).toEqual([])
  })

  it('can be looked at', async () => {
    await using open = await openSimulator()
    const invoice = await billed(open, { paid: false })
    const { pdf, number } = await open.stripe.creditNotes.create({ invoice: idOf(invoice), amount: 100 })
    const response = await fetch(pdf)
    expect([response.status, await response.text()]).toMatchObject([200, expect.stringContaining(number)])
    expect((await fetch(`${open.simulator.url}/_simulator/credit_note/cn_none`)).status).toBe(404)
    const page = await (await fetch(String(invoice.hosted_invoice_url))).text()
    expect(page).toContain('Pay $29.00')
  })

  it('is for finalized invoices that are not given up', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const invoice = await billed(open, { paid: true })
    await simulator.clock.advance({ months: 1 })
    const [draft] = (await stripe.invoices.list({ status: 'draft' })).data
    const credit = (id: string | undefined) => stripe.creditNotes.create({ invoice: id ?? '', amount: 100 })
    expect(await failure(credit(draft?.id))).toMatchObject({ statusCode: 400, param: 'invoice' })
    expect(await failure(credit('in_none'))).toMatchObject({ code: 'resource_missing', param: 'invoice' })
    const other = await billed(open, { paid: false })
    await stripe.invoices.voidInvoice(idOf(other))
    expect(await failure(credit(other.id))).toMatchObject({ statusCode: 400, param: 'invoice' })
    expect(await failure(stripe.creditNotes.create({ invoice: idOf(invoice) }))).toMatchObject({
      code: 'parameter_missing',
    })
  })
})
