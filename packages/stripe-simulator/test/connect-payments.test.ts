import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { as, booked, openConnected, paid } from './support/connect.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const typesOf = ({ simulator }: OpenSimulator, account?: string): string[] =>
  simulator
    .objects('event', account)
    .map(({ type }) => type)
    .reverse()

const chargeOf = (stripe: Stripe, intent: Stripe.PaymentIntent, options = {}): Promise<Stripe.Charge> =>
  stripe.charges.retrieve(String(intent.latest_charge), {}, options)

describe('a direct charge', () => {
  it('is the account’s, and its fee the platform’s', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const id = await openConnected(open)
    const intent = await stripe.paymentIntents.create({ ...paid, application_fee_amount: 123 }, as(id))
    expect(intent).toMatchObject({ application_fee_amount: 123, status: 'succeeded' })
    const charge = await chargeOf(stripe, intent, as(id))
    expect(charge).toMatchObject({ application: 'ca_simulated1', application_fee_amount: 123 })
    const fee = await stripe.applicationFees.retrieve(String(charge.application_fee))
    expect(fee).toMatchObject({
      account: id,
      amount: 123,
      application: 'ca_simulated1',
      charge: charge.id,
      originating_transaction: null,
      refunded: false,
    })
    expect(await booked(stripe, id)).toEqual([['charge', 1000, 59 + 123, 818]])
    expect(await booked(stripe)).toEqual([['application_fee', 123, 0, 123]])
    const [transaction] = (await stripe.balanceTransactions.list({}, as(id))).data
    expect(transaction?.fee_details.map(({ type, amount }) => [type, amount])).toEqual([
      ['stripe_fee', 59],
      ['application_fee', 123],
    ])
    expect(typesOf(open)).toEqual(['application_fee.created'])
    expect(typesOf(open, id)).not.toContain('application_fee.created')
    expect(await failure(stripe.charges.retrieve(charge.id))).toMatchObject({ code: 'resource_missing' })
  })

  it('costs the account nothing where the platform pays Stripe’s fees', async () => {
    await using open = await openSimulator()
    const id = await openConnected(open, { controller: { fees: { payer: 'application' } } })
    await open.stripe.paymentIntents.create({ ...paid, application_fee_amount: 100 }, as(id))
    expect(await booked(open.stripe, id)).toEqual([['charge', 1000, 100, 900]])
    expect(await booked(open.stripe)).toEqual([
      ['stripe_fee', -59, 0, -59],
      ['application_fee', 100, 0, 100],
    ])
  })

  it('has a fee of no more than was captured', async () => {
    await using open = await openSimulator()
    const id = await openConnected(open)
    const held = await open.stripe.paymentIntents.create(
      { ...paid, capture_method: 'manual', application_fee_amount: 800 },
      as(id),
    )
    expect(await booked(open.stripe)).toEqual([])
    await open.stripe.paymentIntents.capture(held.id, { amount_to_capture: 500 }, as(id))
    expect(await booked(open.stripe)).toEqual([['application_fee', 500, 0, 500]])
  })

  it('takes the fee that the capture names', async () => {
    await using open = await openSimulator()
    const id = await openConnected(open)
    const held = await open.stripe.paymentIntents.create({ ...paid, capture_method: 'manual' }, as(id))
    const done = await open.stripe.paymentIntents.capture(held.id, { application_fee_amount: 77 }, as(id))
    expect(done.application_fee_amount).toBe(77)
    expect(await booked(open.stripe)).toEqual([['application_fee', 77, 0, 77]])
  })

  it('that is declined pays nobody', async () => {
    await using open = await openSimulator()
    const id = await openConnected(open)
    const declined = { ...paid, payment_method: 'pm_card_visa_chargeDeclined', application_fee_amount: 10 }
    await failure(open.stripe.paymentIntents.create(declined, as(id)))
    expect([await booked(open.stripe), await booked(open.stripe, id)]).toEqual([[], []])
  })
})

describe('a destination charge', () => {
  it('is the platform’s, and arrives as a payment less the fee', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const id = await openConnected(open)
    const intent = await stripe.paymentIntents.create({
      ...paid,
      application_fee_amount: 200,
      transfer_data: { destination: id },
      on_behalf_of: id,
    })
    expect(intent).toMatchObject({ transfer_data: { destination: id }, on_behalf_of: id })
    const charge = await stripe.charges.retrieve(String(intent.latest_charge), {
      expand: ['transfer.destination_payment', 'application_fee', 'on_behalf_of', 'transfer_data.destination'],
    })
    const group = `group_${intent.id}`
    expect(charge).toMatchObject({
      application: null,
      application_fee: { amount: 200, account: id, originating_transaction: charge.id },
      on_behalf_of: { id, object: 'account' },
      transfer_data: { amount: null, destination: { id } },
      transfer_group: group,
      transfer: {
        amount: 1000,
        destination: id,
        source_transaction: charge.id,
        transfer_group: group,
        destination_payment: { object: 'charge', amount: 1000, status: 'succeeded', application_fee_amount: 200 },
      },
    })
    const payment = (charge.transfer as Stripe.Transfer).destination_payment as Stripe.Charge
    expect(payment.id).toMatch(/^py_/)
    expect((await stripe.charges.list({}, as(id))).data.map((each) => each.id)).toEqual([payment.id])
    const expanded = await stripe.charges.retrieve(payment.id, { expand: ['source_transfer'] }, as(id))
    expect(expanded.source_transfer).toMatchObject({ object: 'transfer', amount: 1000 })
    expect(await booked(stripe)).toEqual([
      ['charge', 1000, 59, 941],
      ['transfer', -1000, 0, -1000],
      ['application_fee', 200, 0, 200],
    ])
    expect(await booked(stripe, id)).toEqual([['payment', 1000, 200, 800]])
    expect(typesOf(open)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'transfer.created',
      'application_fee.created',
      'charge.updated',
    ])
    expect(typesOf(open, id)).toEqual(['account.updated', 'payment.created'])
  })

  it('sends what `transfer_data[amount]` says, and keeps the rest', async () => {
    await using open = await openSimulator()
    const id = await openConnected(open)
    await open.stripe.paymentIntents.create({ ...paid, transfer_data: { destination: id, amount: 877 } })
    expect(await booked(open.stripe)).toEqual([
      ['charge', 1000, 59, 941],
      ['transfer', -877, 0, -877],
    ])
    expect(await booked(open.stripe, id)).toEqual([['payment', 877, 0, 877]])
  })

  it('sends what is captured, or what the capture says of it', async () => {
    await using open = await openSimulator()
    const id = await openConnected(open)
    const hold = () =>
      open.stripe.paymentIntents.create({ ...paid, capture_method: 'manual', transfer_data: { destination: id } })
    await open.stripe.paymentIntents.capture((await hold()).id, { amount_to_capture: 600 })
    await open.stripe.paymentIntents.capture((await hold()).id, { transfer_data: { amount: 300 } })
    const charge = String((await hold()).latest_charge)
    await open.stripe.charges.capture(charge, { amount: 500, application_fee_amount: 50 })
    expect((await booked(open.stripe, id)).map(([, amount, fee]) => [amount, fee])).toEqual([
      [600, 0],
      [300, 0],
      [500, 50],
    ])
    const beyond = open.stripe.paymentIntents.capture((await hold()).id, {
      amount_to_capture: 100,
      transfer_data: { amount: 101 },
    })
    expect(await failure(beyond)).toMatchObject({ param: 'transfer_data[amount]' })
  })

  it('is changed before it is paid, and not after', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const id = await openConnected(open)
    const { confirm: _confirm, payment_method, return_url, ...later } = paid
    const made = await stripe.paymentIntents.create({ ...later, transfer_data: { destination: id } })
    const changed = await stripe.paymentIntents.update(made.id, {
      application_fee_amount: 50,
      transfer_group: 'order_7',
    })
    expect(changed).toMatchObject({ application_fee_amount: 50, transfer_group: 'order_7' })
    expect(
      (await stripe.paymentIntents.update(made.id, { application_fee_amount: '' })).application_fee_amount,
    ).toBeNull()
    await stripe.paymentIntents.update(made.id, { transfer_data: { amount: 400 } })
    const intent = await stripe.paymentIntents.confirm(made.id, { payment_method, return_url })
    expect((await chargeOf(stripe, intent)).transfer_group).toBe('order_7')
    expect(await booked(stripe, id)).toEqual([['payment', 400, 0, 400]])
    const refused = await failure(stripe.paymentIntents.update(made.id, { transfer_data: { amount: 1 } }))
    expect(refused).toMatchObject({ code: 'payment_intent_unexpected_state', param: 'transfer_data' })
  })

  it.each([
    ['a fee of a payment that goes nowhere', () => ({ application_fee_amount: 10 }), 'application_fee_amount'],
    [
      'a fee and an amount at once',
      (id: string) => ({ application_fee_amount: 10, transfer_data: { destination: id, amount: 5 } }),
      'application_fee_amount',
    ],
    [
      'more than is paid',
      (id: string) => ({ transfer_data: { destination: id, amount: 1001 } }),
      'transfer_data[amount]',
    ],
    [
      'an account that is not connected',
      () => ({ transfer_data: { destination: 'acct_foreign' } }),
      'transfer_data[destination]',
    ],
    ['a merchant that is not connected', () => ({ on_behalf_of: 'acct_foreign' }), 'on_behalf_of'],
  ])('refuses %s, and makes nothing', async (_what, terms, param) => {
    await using open = await openSimulator()
    const id = await openConnected(open)
    const refused = await failure(open.stripe.paymentIntents.create({ ...paid, ...terms(id) }))
    expect(refused).toMatchObject({ statusCode: 400, param })
    expect(open.simulator.objects('payment_intent')).toEqual([])
  })

  it('goes to no account that may not receive it', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.accounts.create({ type: 'express' })
    const refused = await failure(open.stripe.paymentIntents.create({ ...paid, transfer_data: { destination: id } }))
    expect(refused.code).toBe('insufficient_capabilities_for_transfer')
    const merchant = await failure(open.stripe.paymentIntents.create({ ...paid, on_behalf_of: id }))
    expect(merchant.message).toContain('missing the required capabilities: card_payments')
  })
})
