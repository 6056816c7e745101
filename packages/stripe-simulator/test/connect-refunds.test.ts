import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { as, booked, holds, openConnected, paid } from './support/connect.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const sent = (destination: string): Stripe.PaymentIntentCreateParams => ({
  ...paid,
  application_fee_amount: 100,
  transfer_data: { destination },
})

describe('a refund of a destination charge', () => {
  it('leaves transfer and fee as they are, unless it says otherwise', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const id = await openConnected(open)
    const intent = await stripe.paymentIntents.create(sent(id))
    const refund = await stripe.refunds.create({ payment_intent: intent.id })
    expect(refund.transfer_reversal).toBeNull()
    expect([await holds(stripe), await holds(stripe, id)]).toEqual([-59 - 900, 900])
  })

  it('takes the transfer back, and gives the fee back, in proportion', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const id = await openConnected(open)
    const intent = await stripe.paymentIntents.create(sent(id))
    const terms = { payment_intent: intent.id, reverse_transfer: true, refund_application_fee: true }
    const part = await stripe.refunds.create({ ...terms, amount: 333, expand: ['transfer_reversal'] })
    expect(part.transfer_reversal).toMatchObject({ amount: 333, source_refund: part.id })
    const [fee] = (await stripe.applicationFees.list()).data
    expect(fee).toMatchObject({ amount_refunded: 33, refunded: false, refunds: { data: [{ amount: 33 }] } })
    await stripe.refunds.create(terms)
    expect(await stripe.applicationFees.retrieve(fee?.id ?? '')).toMatchObject({ amount_refunded: 100, refunded: true })
    expect([await holds(stripe), await holds(stripe, id)]).toEqual([-59, 0])
    expect(await booked(stripe, id)).toEqual([
      ['payment', 1000, 100, 900],
      ['payment_refund', -333, 0, -333],
      ['adjustment', 33, 0, 33],
      ['payment_refund', -667, 0, -667],
      ['adjustment', 67, 0, 67],
    ])
    const told = open.simulator.objects('event').map(({ type }) => type)
    expect(told.filter((type) => type === 'application_fee.refunded')).toHaveLength(2)
    expect(told.filter((type) => type === 'transfer.reversed')).toHaveLength(2)
  })

  it('takes back its part of a smaller transfer', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const id = await openConnected(open)
    const intent = await stripe.paymentIntents.create({ ...paid, transfer_data: { destination: id, amount: 801 } })
    await stripe.refunds.create({ payment_intent: intent.id, amount: 500, reverse_transfer: true })
    expect(await holds(stripe, id)).toBe(801 - 401)
    await stripe.refunds.create({ payment_intent: intent.id, reverse_transfer: true })
    expect(await holds(stripe, id)).toBe(0)
  })

  it('counts what was not captured as none of it', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const id = await openConnected(open)
    const held = await stripe.paymentIntents.create({ ...sent(id), capture_method: 'manual' })
    await stripe.paymentIntents.capture(held.id, { amount_to_capture: 400 })
    const terms = { payment_intent: held.id, reverse_transfer: true, refund_application_fee: true }
    await stripe.refunds.create({ ...terms, amount: 200 })
    expect(await holds(stripe, id)).toBe(150)
    await stripe.refunds.create(terms)
    expect(await holds(stripe, id)).toBe(0)
  })

  it('cannot take back what was never sent, and then refunds nothing', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const plain = await stripe.paymentIntents.create(paid)
    const refund = (terms: Stripe.RefundCreateParams) =>
      failure(stripe.refunds.create({ payment_intent: plain.id, ...terms }))
    expect(await refund({ reverse_transfer: true })).toMatchObject({ param: 'reverse_transfer' })
    expect(await refund({ refund_application_fee: true })).toMatchObject({ param: 'refund_application_fee' })
    expect((await stripe.refunds.list()).data).toEqual([])
  })

  it('is refused whole when the account is gone', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const id = await openConnected(open)
    const intent = await stripe.paymentIntents.create(sent(id))
    simulator.core.disconnectAccount(id)
    const refused = await failure(stripe.refunds.create({ payment_intent: intent.id, reverse_transfer: true }))
    expect(refused.message).toContain('no longer connected')
    expect((await stripe.refunds.list()).data).toEqual([])
    expect(await holds(stripe)).toBe(941 - 900)
  })
})

describe('a refund of a direct charge', () => {
  it('is the account’s, and gives the fee back when it says so', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const id = await openConnected(open)
    const intent = await stripe.paymentIntents.create({ ...paid, application_fee_amount: 100 }, as(id))
    await stripe.refunds.create({ payment_intent: intent.id, amount: 500, refund_application_fee: true }, as(id))
    expect(await booked(stripe, id)).toEqual([
      ['charge', 1000, 159, 841],
      ['refund', -500, 0, -500],
      ['adjustment', 50, 0, 50],
    ])
    expect(await booked(stripe)).toEqual([
      ['application_fee', 100, 0, 100],
      ['application_fee_refund', -50, 0, -50],
    ])
    const refund = stripe.refunds.create({ payment_intent: intent.id, reverse_transfer: true }, as(id))
    expect(await failure(refund)).toMatchObject({ param: 'reverse_transfer' })
  })
})

describe('an application fee', () => {
  it('is refunded by itself, in parts, until nothing is left', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const id = await openConnected(open)
    const intent = await stripe.paymentIntents.create({ ...paid, application_fee_amount: 100 }, as(id))
    const { data } = await stripe.applicationFees.list({ charge: String(intent.latest_charge) })
    const fee = data[0]?.id ?? ''
    const refund = await stripe.applicationFees.createRefund(fee, { amount: 40, metadata: { why: 'late' } })
    expect(refund).toMatchObject({ object: 'fee_refund', amount: 40, fee, metadata: { why: 'late' } })
    await stripe.applicationFees.updateRefund(fee, refund.id, { metadata: { why: 'kind' } })
    expect(open.simulator.objects('event')[0]?.type).toBe('application_fee.refund.updated')
    expect((await stripe.applicationFees.retrieveRefund(fee, refund.id)).metadata).toEqual({ why: 'kind' })
    expect(await failure(stripe.applicationFees.createRefund(fee, { amount: 61 }))).toMatchObject({ param: 'amount' })
    await stripe.applicationFees.createRefund(fee)
    expect((await failure(stripe.applicationFees.createRefund(fee))).message).toContain('already been refunded')
    expect((await stripe.applicationFees.listRefunds(fee)).data.map(({ amount }) => amount)).toEqual([60, 40])
    expect([await holds(stripe), await holds(stripe, id)]).toEqual([0, 941])
    expect(await failure(stripe.applicationFees.retrieve(fee, {}, as(id)))).toMatchObject({ code: 'resource_missing' })
  })

  it('goes back with the reversal of its transfer', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const id = await openConnected(open)
    const intent = await stripe.paymentIntents.create(sent(id))
    const { transfer } = await stripe.charges.retrieve(String(intent.latest_charge))
    await stripe.transfers.createReversal(String(transfer), { amount: 500, refund_application_fee: true })
    expect([await holds(stripe), await holds(stripe, id)]).toEqual([941 - 900 + 450, 450])
  })
})

it('a payment that a transfer made is neither refunded nor disputed by itself', async () => {
  await using open = await openSimulator()
  const { stripe, simulator } = open
  const id = await openConnected(open)
  await stripe.paymentIntents.create(sent(id))
  const [payment] = (await stripe.charges.list({}, as(id))).data
  const charge = payment?.id ?? ''
  expect(await failure(stripe.refunds.create({ charge }, as(id)))).toMatchObject({ statusCode: 501 })
  expect(() => simulator.core.raiseDispute(charge)).toThrow('cannot be disputed')
})
