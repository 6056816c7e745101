import { describe, expect, it } from 'vitest'
import { day, openCreditShop } from './support/credit-shop.ts'
import { failure } from './support/failure.ts'

describe('billing credits', () => {
  it('pay for what a meter counted when the invoice is finalized, and for nothing else', async () => {
    await using shop = await openCreditShop()
    const { id } = await shop.grant()
    await shop.subscribe()
    await shop.uses(300)
    const invoice = await shop.renew()
    expect(invoice).toMatchObject({ status: 'paid', subtotal: 1300, total: 1000, amount_paid: 1000 })
    const [, line] = invoice.lines.data
    const [transaction] = (await shop.stripe.billing.creditBalanceTransactions.list({ credit_grant: id })).data
    const credit = { amount: 300, credit_balance_transaction: transaction?.id, type: 'credit_balance_transaction' }
    expect(line).toMatchObject({ amount: 300, subtotal: 300, pretax_credit_amounts: [credit] })
    expect(invoice.lines.data[0]?.pretax_credit_amounts).toEqual([])
    expect(invoice.total_pretax_credit_amounts).toEqual([credit])
    const use = { invoice: invoice.id, invoice_line_item: line?.id }
    expect(transaction).toMatchObject({ type: 'debit', credit: null, debit: { credits_applied: use } })
    expect(await shop.left(id)).toBe(200)
  })

  it('last until they are used up, then the customer pays', async () => {
    await using shop = await openCreditShop()
    const { id } = await shop.grant()
    await shop.subscribe()
    await shop.uses(400)
    expect((await shop.renew()).total).toBe(1000)
    await shop.uses(400)
    expect(await shop.renew()).toMatchObject({ subtotal: 1400, total: 1300 })
    expect(await shop.left(id)).toBe(0)
    await shop.uses(50)
    expect((await shop.renew()).total).toBe(1050)
    expect(await shop.movements(id)).toEqual([
      ['credits_applied', 100],
      ['credits_applied', 400],
      ['credits_granted', 500],
    ])
  })

  it('keep an invoice from being credited here, in the open', async () => {
    await using shop = await openCreditShop()
    await shop.grant()
    await shop.subscribe()
    await shop.uses(300)
    const { id: invoice } = await shop.renew()
    const { statusCode, code } = await failure(
      shop.stripe.creditNotes.create({ invoice, amount: 100, credit_amount: 100 }),
    )
    expect([statusCode, code]).toEqual([501, 'simulator_not_implemented'])
    expect((await shop.stripe.creditNotes.list({ invoice })).data).toEqual([])
  })

  it('are not on the draft, nor in a preview', async () => {
    await using shop = await openCreditShop()
    const { id } = await shop.grant()
    const subscription = await shop.subscribe()
    await shop.uses(300)
    expect((await shop.stripe.invoices.createPreview({ subscription: subscription.id })).total).toBe(1300)
    await shop.simulator.clock.advance({ months: 1 })
    expect((await shop.stripe.invoices.list({ status: 'draft' })).data[0]?.total).toBe(1300)
    expect(await shop.left(id)).toBe(500)
  })

  it('come off after discounts and before tax', async () => {
    await using shop = await openCreditShop({ country: 'DE', postal_code: '10115', line1: 'Street 1', city: 'Berlin' })
    await shop.grant({ value: 200 })
    const coupon = await shop.stripe.coupons.create({ percent_off: 50, duration: 'forever' })
    await shop.subscribe({ discounts: [{ coupon: coupon.id }], automatic_tax: { enabled: true } })
    await shop.uses(600)
    const invoice = await shop.renew()
    const [, line] = invoice.lines.data
    expect(line?.pretax_credit_amounts?.map(({ amount, type }) => [type, amount])).toEqual([
      ['discount', 300],
      ['credit_balance_transaction', 200],
    ])
    expect(line?.taxes?.[0]).toMatchObject({ taxable_amount: 100, amount: 19 })
    expect(invoice).toMatchObject({ subtotal: 1600, total_excluding_tax: 600, total: 714 })
    expect(invoice.total_pretax_credit_amounts?.map(({ amount, type }) => [type, amount])).toEqual([
      ['discount', 800],
      ['credit_balance_transaction', 200],
    ])
  })

  it.each([
    ['of the lower number first', { priority: 60 }, { priority: 40 }],
    ['that end sooner first', {}, { expires_at: 1_790_000_000 }],
    ['that were given away first', { category: 'paid' as const }, { category: 'promotional' as const }],
    ['of the same rank by age', { effective_at: 1_768_480_000 }, { effective_at: 1_768_470_000 }],
  ])('are used in order: those %s', async (_order, later, sooner) => {
    await using shop = await openCreditShop()
    const second = await shop.grant({ value: 100, ...later })
    const first = await shop.grant({ value: 100, ...sooner })
    await shop.subscribe()
    await shop.uses(130)
    const invoice = await shop.renew()
    expect(invoice.lines.data[1]?.pretax_credit_amounts?.map(({ amount }) => amount)).toEqual([100, 30])
    expect([await shop.left(first.id), await shop.left(second.id)]).toEqual([0, 70])
  })

  it('pay in their own currency, from their day on, for the prices that they are for', async () => {
    await using shop = await openCreditShop()
    await shop.grant({ currency: 'eur' })
    await shop.grant({ effective_at: shop.now() + 40 * day })
    const other = await shop.stripe.prices.create({
      product: shop.product.id,
      currency: 'usd',
      unit_amount: 3,
      recurring: { interval: 'month', usage_type: 'metered', meter: shop.meter.id },
    })
    await shop.grant({ applicability_config: { scope: { prices: [{ id: other.id }] } } })
    await shop.subscribe()
    await shop.uses(300)
    expect((await shop.renew()).total).toBe(1300)
    await shop.uses(300)
    expect((await shop.renew()).total).toBe(1000)
  })

  it('come back when their invoice is voided', async () => {
    await using shop = await openCreditShop()
    const { id } = await shop.grant()
    const brief = await shop.grant({ value: 50, priority: 0, expires_at: shop.now() + 35 * day })
    await shop.subscribe({ collection_method: 'send_invoice', days_until_due: 30 })
    await shop.uses(300)
    const invoice = await shop.renew()
    expect([await shop.left(brief.id), await shop.left(id)]).toEqual([0, 250])
    await shop.simulator.clock.advance({ days: 10 })
    await shop.stripe.invoices.voidInvoice(invoice.id)
    expect([await shop.left(brief.id), await shop.left(id)]).toEqual([0, 500])
    expect((await shop.movements(id))[0]).toEqual(['credits_application_invoice_voided', 250])
    expect((await shop.movements(brief.id)).slice(0, 2)).toEqual([
      ['credits_expired', 50],
      ['credits_application_invoice_voided', 50],
    ])
  })

  it('are told of, the grant before its first movement', async () => {
    await using shop = await openCreditShop()
    const { id } = await shop.grant()
    await shop.stripe.billing.creditGrants.update(id, { metadata: { cost: '5' } })
    const types = (await shop.stripe.events.list({ type: 'billing.*' })).data.map(({ type }) => type).reverse()
    expect(types.filter((type) => type.startsWith('billing.credit'))).toEqual([
      'billing.credit_grant.created',
      'billing.credit_balance_transaction.created',
      'billing.credit_grant.updated',
    ])
  })
})
