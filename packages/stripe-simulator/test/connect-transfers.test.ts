import { describe, expect, it } from 'vitest'
import { as, booked, holds, openConnected, paid } from './support/connect.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

describe('a transfer', () => {
  it('of a charge shares its group, becomes available with it, and is never more than it', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const [one, other] = [await openConnected(open), await openConnected(open)]
    const intent = await stripe.paymentIntents.create({ ...paid, transfer_group: 'order_9' })
    const source_transaction = String(intent.latest_charge)
    const send = (amount: number, destination: string) =>
      stripe.transfers.create({ amount, currency: 'usd', destination, source_transaction, metadata: { to: 'them' } })
    const first = await send(700, one)
    expect(first).toMatchObject({
      object: 'transfer',
      transfer_group: 'order_9',
      source_transaction,
      amount_reversed: 0,
      reversed: false,
      reversals: { data: [] },
      metadata: { to: 'them' },
    })
    await send(200, other)
    expect((await failure(send(101, other))).message).toContain('must not exceed the source amount')
    expect((await stripe.transfers.list({ transfer_group: 'order_9' })).data).toHaveLength(2)
    expect((await stripe.transfers.list({ destination: one })).data.map(({ id }) => id)).toEqual([first.id])
    const [arrived] = (await stripe.balanceTransactions.list({}, as(one))).data
    const [charged] = (await stripe.balanceTransactions.list({ source: source_transaction })).data
    expect(arrived?.available_on).toBe(charged?.available_on)
    expect([await holds(stripe), await holds(stripe, one), await holds(stripe, other)]).toEqual([41, 700, 200])
  })

  it('without a charge needs money that is available', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const destination = await openConnected(open)
    const send = (amount: number) => stripe.transfers.create({ amount, currency: 'usd', destination })
    await stripe.paymentIntents.create(paid)
    expect(await failure(send(100))).toMatchObject({ code: 'balance_insufficient', statusCode: 400 })
    await simulator.clock.advance({ days: 2 })
    expect(await failure(send(942))).toMatchObject({ code: 'balance_insufficient' })
    await send(941)
    await stripe.paymentIntents.create({ ...paid, payment_method: 'pm_card_bypassPending' })
    await send(941)
    expect([await holds(stripe), await holds(stripe, destination)]).toEqual([0, 1882])
  })

  it('is described later, and tells', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const destination = await openConnected(open)
    await stripe.paymentIntents.create({ ...paid, payment_method: 'pm_card_bypassPending' })
    const { id } = await stripe.transfers.create({ amount: 100, currency: 'usd', destination })
    await stripe.transfers.update(id, { description: 'For bread', metadata: { a: '1' } })
    const [event] = open.simulator.objects('event')
    expect(event).toMatchObject({
      type: 'transfer.updated',
      data: { object: { description: 'For bread' }, previous_attributes: { description: null } },
    })
    expect(event?.account).toBeUndefined()
  })

  it('is only the platform’s, to its own accounts', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const [one, other] = [await openConnected(open), await openConnected(open)]
    const input = { amount: 100, currency: 'usd', destination: other }
    expect(await failure(stripe.transfers.create(input, as(one)))).toMatchObject({ param: 'destination' })
    const foreign = { ...input, destination: 'acct_foreign' }
    expect(await failure(stripe.transfers.create(foreign))).toMatchObject({ code: 'resource_missing' })
  })

  it('is reversed in parts until nothing is left', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const destination = await openConnected(open)
    await stripe.paymentIntents.create({ ...paid, payment_method: 'pm_card_bypassPending' })
    const { id, destination_payment } = await stripe.transfers.create({ amount: 500, currency: 'usd', destination })
    const reversal = await stripe.transfers.createReversal(id, { amount: 200, expand: ['destination_payment_refund'] })
    expect(reversal).toMatchObject({
      object: 'transfer_reversal',
      amount: 200,
      transfer: id,
      source_refund: null,
      destination_payment_refund: { object: 'refund', amount: 200, charge: destination_payment },
    })
    expect(await stripe.transfers.retrieve(id)).toMatchObject({
      amount_reversed: 200,
      reversed: false,
      reversals: { data: [{ id: reversal.id }] },
    })
    expect(await failure(stripe.transfers.createReversal(id, { amount: 301 }))).toMatchObject({ param: 'amount' })
    await stripe.transfers.createReversal(id)
    expect((await stripe.transfers.retrieve(id)).reversed).toBe(true)
    expect((await failure(stripe.transfers.createReversal(id))).message).toContain('already fully reversed')
    expect(await booked(stripe, destination)).toEqual([
      ['payment', 500, 0, 500],
      ['payment_refund', -200, 0, -200],
      ['payment_refund', -300, 0, -300],
    ])
    expect((await booked(stripe)).slice(1)).toEqual([
      ['transfer', -500, 0, -500],
      ['transfer_refund', 200, 0, 200],
      ['transfer_refund', 300, 0, 300],
    ])
    const reversed = open.simulator.objects('event').filter(({ type }) => type === 'transfer.reversed')
    expect(reversed).toHaveLength(2)
    expect(await stripe.charges.retrieve(String(destination_payment), {}, as(destination))).toMatchObject({
      amount_refunded: 500,
      refunded: true,
    })
  })
})
