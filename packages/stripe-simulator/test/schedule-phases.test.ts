import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { seconds } from './support/clocks.ts'
import { failure } from './support/failure.ts'
import { noon, openSimulator } from './support/open-simulator.ts'
import { amounts, openSchedules, type Phase, subscriptionOf } from './support/schedule-maker.ts'

describe('a phase', () => {
  it('can be a trial as a whole, or until a day', async () => {
    await using open = await openSimulator()
    const { create, phase, basic, pro } = await openSchedules(open)
    const trial_end = seconds('2026-01-20T12:00:00Z')
    const part = await create([phase(basic, { trial_end })])
    expect(await subscriptionOf(open, part)).toMatchObject({ status: 'trialing', trial_end })
    const whole = await create([phase(basic, { trial: true }), phase(pro)])
    const end = seconds('2026-02-15T12:00:00Z')
    expect(await subscriptionOf(open, whole)).toMatchObject({ status: 'trialing', trial_end: end })
    await open.simulator.clock.advance({ to: end + 7200 })
    const paid = await subscriptionOf(open, whole)
    expect(paid).toMatchObject({ status: 'active', latest_invoice: { total: 2000, status: 'paid' } })
  })

  it('has discounts of its own, which go with it', async () => {
    await using open = await openSimulator()
    const { create, phase, pro } = await openSchedules(open)
    const coupon = await open.stripe.coupons.create({ percent_off: 50, duration: 'forever' })
    const half = { discounts: [{ coupon: coupon.id }] }
    const schedule = await create([phase(pro, half), phase(pro, half), phase(pro)])
    const totals: number[] = []
    for (const months of [0, 1, 1]) {
      await open.simulator.clock.advance({ months, hours: 2 })
      totals.push(((await subscriptionOf(open, schedule)).latest_invoice as Stripe.Invoice).total)
    }
    expect(totals).toEqual([1000, 1000, 2000])
    expect((await open.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1)
  })

  it('adds positions that are billed once, with its first invoice', async () => {
    await using open = await openSimulator()
    const { create, phase, basic, pack } = await openSchedules(open)
    const schedule = await create([
      phase(basic, { add_invoice_items: [{ price: pack.id, quantity: 2 }] }),
      phase(basic, { add_invoice_items: [{ price: pack.id }] }),
    ])
    expect(amounts((await subscriptionOf(open, schedule)).latest_invoice)).toEqual([1000, 1000])
    await open.simulator.clock.advance({ months: 1, hours: 2 })
    expect(amounts((await subscriptionOf(open, schedule)).latest_invoice)).toEqual([500, 1000])
    const wrong = create([phase(basic, { add_invoice_items: [{ price: basic.id }] })])
    expect((await failure(wrong)).param).toBe('phases[0][add_invoice_items][0][price]')
  })

  it('says how and with what is paid, and what the subscription is about', async () => {
    await using open = await openSimulator()
    const { create, phase, basic, customer } = await openSchedules(open)
    const { id: method } = await open.stripe.paymentMethods.attach('pm_card_mastercard', { customer })
    const sent = {
      collection_method: 'send_invoice',
      invoice_settings: { days_until_due: 14 },
      description: 'By invoice',
      metadata: { by: 'invoice' },
    } as const
    const first = phase(basic, { default_payment_method: method, metadata: { first: 'yes' } })
    const schedule = await create([first, phase(basic, sent)], { default_settings: { description: 'By card' } })
    expect(await subscriptionOf(open, schedule)).toMatchObject({
      default_payment_method: method,
      description: 'By card',
      metadata: { first: 'yes' },
    })
    await open.simulator.clock.advance({ months: 1, hours: 2 })
    const second = await subscriptionOf(open, schedule)
    expect(second).toMatchObject({
      collection_method: 'send_invoice',
      days_until_due: 14,
      default_payment_method: null,
      description: 'By invoice',
      metadata: { first: 'yes', by: 'invoice' },
      latest_invoice: { status: 'open', collection_method: 'send_invoice' },
    })
  })

  it('that begins in the middle of a period is prorated as it says', async () => {
    await using open = await openSimulator()
    const { create, phase, basic, pro } = await openSchedules(open)
    const end_date = seconds('2026-01-31T00:00:00Z')
    const now = { proration_behavior: 'always_invoice' } as const
    const schedule = await create([phase(basic, { end_date }), phase(pro, now)])
    await open.simulator.clock.advance({ to: end_date })
    expect(amounts((await subscriptionOf(open, schedule)).latest_invoice)).toEqual([-500, 1000])
    const quiet = await create([
      phase(basic, { end_date: end_date + 86_400 }),
      phase(pro, { proration_behavior: 'none' }),
    ])
    await open.simulator.clock.advance({ days: 1 })
    expect((await subscriptionOf(open, quiet)).items.data[0]?.price.id).toBe(pro.id)
    expect(amounts((await subscriptionOf(open, quiet)).latest_invoice)).toEqual([1000])
  })

  it('can begin a billing cycle of its own', async () => {
    await using open = await openSimulator()
    const { create, phase, basic, pro } = await openSchedules(open)
    const end_date = seconds('2026-01-31T00:00:00Z')
    const schedule = await create([phase(basic, { end_date }), phase(pro, { billing_cycle_anchor: 'phase_start' })])
    await open.simulator.clock.advance({ to: end_date })
    const begun = await subscriptionOf(open, schedule)
    expect(begun.billing_cycle_anchor).toBe(end_date)
    expect(amounts(begun.latest_invoice)).toEqual([-500, 2000])
  })

  it('can end now', async () => {
    await using open = await openSimulator()
    const { create, phase, basic, pro } = await openSchedules(open)
    const { id, phases } = await create([phase(basic), phase(pro)])
    await open.simulator.clock.advance({ days: 1 })
    const start_date = phases[0]?.start_date ?? 0
    const items = [{ price: basic.id, quantity: 1 }]
    const updated = await open.stripe.subscriptionSchedules.update(id, {
      phases: [{ items, start_date, end_date: 'now' }, phase(pro)],
    })
    expect(updated.current_phase?.start_date).toBe(seconds(noon) + 86_400)
    expect((await subscriptionOf(open, updated)).items.data[0]?.price.id).toBe(pro.id)
  })

  it('is refused when it contradicts itself', async () => {
    await using open = await openSimulator()
    const { create, phase, basic } = await openSchedules(open)
    const refused = async (more: Partial<Phase>): Promise<string | undefined> =>
      (await failure(create([phase(basic, more)]))).param
    expect(await refused({ trial: true, trial_end: seconds('2026-01-20T00:00:00Z') })).toBe('phases[0][trial_end]')
    expect(await refused({ trial_end: seconds('2026-04-20T00:00:00Z') })).toBe('phases[0][trial_end]')
    expect(await refused({ trial: true, billing_cycle_anchor: 'phase_start' })).toBe('phases[0][billing_cycle_anchor]')
    expect(await refused({ currency: 'eur' })).toBe('phases[0][currency]')
    expect(await refused({ discounts: [{ coupon: 'none' }] })).toBe('phases[0][discounts][0][coupon]')
    expect(await refused({ items: [] })).toBe('phases[0][items]')
  })
})
