import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { eventsAfter } from './support/events-after.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator, stripeFor } from './support/open-simulator.ts'

const return_url = 'https://example.com/back'
const ten = { amount: 1000, currency: 'usd' }
const now = { ...ten, confirm: true, payment_method: 'pm_card_visa', return_url }

const card = (options: Stripe.PaymentIntentCreateParams.PaymentMethodOptions.Card) => ({
  payment_method_options: { card: options },
})

describe('what a seller wants of cards', () => {
  it('3-D Secure is asked for when the seller wants it, of cards that can', async () => {
    await using open = await openSimulator()
    const pay = (payment_method: string, request_three_d_secure: 'any' | 'automatic') =>
      open.stripe.paymentIntents.create({ ...now, payment_method, ...card({ request_three_d_secure }) })
    expect(await pay('pm_card_threeDSecureOptional', 'automatic')).toMatchObject({ status: 'succeeded' })
    expect(await pay('pm_card_threeDSecureOptional', 'any')).toMatchObject({
      status: 'requires_action',
      payment_method_options: { card: { request_three_d_secure: 'any' } },
    })
    expect(await pay('pm_card_visa', 'any')).toMatchObject({ status: 'succeeded' })
    const setup = { confirm: true, return_url, payment_method: 'pm_card_threeDSecureOptional' }
    expect(await open.stripe.setupIntents.create(setup)).toMatchObject({ status: 'succeeded' })
    const asked = { payment_method_options: { card: { request_three_d_secure: 'any' as const } } }
    expect(await open.stripe.setupIntents.create({ ...setup, ...asked })).toMatchObject({ status: 'requires_action' })
  })

  it('what is said of cards goes before what is said of all methods', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id: customer } = await stripe.customers.create({})
    const pay = (params: object) => stripe.paymentIntents.create({ ...now, customer, ...params })
    await pay({ setup_future_usage: 'off_session', ...card({ setup_future_usage: 'none' }) })
    expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(0)
    await pay(card({ setup_future_usage: 'off_session' }))
    expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1)
    expect(await pay(card({ capture_method: 'manual' }))).toMatchObject({
      status: 'requires_capture',
      capture_method: 'automatic_async',
    })
  })

  it('a network has to be one of the card’s, and an option can be unsaid', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const intent = await stripe.paymentIntents.create({ ...ten, ...card({ network: 'mastercard' }) })
    const confirm = { payment_method: 'pm_card_visa', return_url }
    const refused = await failure(stripe.paymentIntents.confirm(intent.id, confirm))
    expect(refused).toMatchObject({ statusCode: 400, param: 'payment_method_options[card][network]' })
    const usage = card({ network: 'visa', setup_future_usage: 'on_session' })
    expect(await stripe.paymentIntents.update(intent.id, usage)).toMatchObject(usage)
    const unsaid = await stripe.paymentIntents.update(intent.id, card({ setup_future_usage: '' }))
    expect(unsaid.payment_method_options?.card).not.toHaveProperty('setup_future_usage')
    expect(await stripe.paymentIntents.confirm(intent.id, confirm)).toMatchObject({ status: 'succeeded' })
  })

  it('what has no effect here is refused by its name', async () => {
    await using open = await openSimulator()
    const refused = await failure(open.stripe.paymentIntents.create({ ...ten, ...card({ moto: true }) }))
    expect(refused).toMatchObject({ statusCode: 501, param: 'payment_method_options[card][moto]' })
  })
})

describe('an intent', () => {
  it('can be changed in how it is paid until it is', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id } = await stripe.paymentIntents.create(ten)
    const shipping = { name: 'Ada', address: { line1: 'Street 1' }, phone: '' }
    const changed = await stripe.paymentIntents.update(id, {
      capture_method: 'manual',
      payment_method: 'pm_card_mastercard',
      shipping,
    })
    expect(changed).toMatchObject({
      capture_method: 'manual',
      status: 'requires_confirmation',
      shipping: { name: 'Ada', phone: null, carrier: null, address: { line1: 'Street 1', city: null } },
    })
    const held = await stripe.paymentIntents.confirm(id, { return_url, amount_to_confirm: 1000 })
    expect(held).toMatchObject({ status: 'requires_capture' })
    expect(await stripe.charges.retrieve(String(held.latest_charge))).toMatchObject({ shipping: { name: 'Ada' } })
    expect(await failure(stripe.paymentIntents.update(id, { capture_method: 'automatic' }))).toMatchObject({
      code: 'payment_intent_unexpected_state',
      param: 'capture_method',
    })
  })

  it.each([
    ['another amount', { amount_to_confirm: 999 }, 'amount_to_confirm'],
    ['a mandate that is not there', { mandate: 'mandate_none' }, 'mandate'],
    ['a session of Radar', { radar_options: { session: 'rse_none' } }, 'radar_options[session]'],
    [
      'half a mandate',
      { mandate_data: { customer_acceptance: { type: 'online', online: { ip_address: '127.0.0.1' } } } },
      'mandate_data[customer_acceptance][online][user_agent]',
    ],
  ])('is not confirmed with %s', async (_case, params, param) => {
    await using open = await openSimulator()
    const { id } = await open.stripe.paymentIntents.create({ ...ten, payment_method: 'pm_card_visa' })
    const confirm = { return_url, ...params } as Stripe.PaymentIntentConfirmParams
    expect(await failure(open.stripe.paymentIntents.confirm(id, confirm))).toMatchObject({ statusCode: 400, param })
    expect(await open.stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'requires_confirmation' })
  })

  it('shows a card no descriptor but the account’s, with a suffix', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const whole = failure(stripe.paymentIntents.create({ ...now, statement_descriptor: 'MINE' }))
    expect(await whole).toMatchObject({ statusCode: 400, param: 'statement_descriptor' })
    const held = await stripe.paymentIntents.create({ ...now, capture_method: 'manual' })
    const capture = (params: Stripe.PaymentIntentCaptureParams) => stripe.paymentIntents.capture(held.id, params)
    expect(await failure(capture({ statement_descriptor: 'MINE' }))).toMatchObject({ param: 'statement_descriptor' })
    expect(await failure(capture({ final_capture: false }))).toMatchObject({ param: 'final_capture' })
    const taken = await capture({ statement_descriptor_suffix: 'SHIPPED', metadata: { parcel: '7' } })
    expect(taken).toMatchObject({ metadata: { parcel: '7' }, statement_descriptor_suffix: 'SHIPPED' })
    expect(await stripe.charges.retrieve(String(taken.latest_charge))).toMatchObject({
      calculated_statement_descriptor: 'SIMULATED* SHIPPED',
    })
  })

  it('that is confirmed by the server only waits for it after the challenge', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const asked = await stripe.paymentIntents.create({
      ...now,
      confirmation_method: 'manual',
      payment_method: 'pm_card_threeDSecure2Required',
    })
    expect(asked).toMatchObject({ status: 'requires_action', confirmation_method: 'manual' })
    simulator.core.completeChallenge(asked.id, 'complete')
    expect(await stripe.paymentIntents.retrieve(asked.id)).toMatchObject({ status: 'requires_confirmation' })
    const browser = stripeFor(simulator, { key: simulator.keys.publishableKey })
    const secret = { client_secret: asked.client_secret ?? '' } as Stripe.PaymentIntentConfirmParams
    expect(await failure(browser.paymentIntents.confirm(asked.id, secret))).toMatchObject({ statusCode: 400 })
    expect(await stripe.paymentIntents.confirm(asked.id, { return_url })).toMatchObject({ status: 'succeeded' })
  })
})

const line = { product_name: 'Thing', quantity: 2, unit_cost: 400 }

describe('what is said of an amount', () => {
  it('is kept, with its positions', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id } = await stripe.paymentIntents.create({
      ...ten,
      amount_details: {
        line_items: [line],
        tax: { total_tax_amount: 150 },
        shipping: { amount: 80 },
        discount_amount: 30,
      },
    })
    const found = await stripe.paymentIntents.retrieve(id, { expand: ['amount_details.line_items'] })
    expect(found.amount_details).toMatchObject({
      discount_amount: 30,
      line_items: { data: [{ ...line, tax: null }] },
      shipping: { amount: 80 },
      tax: { total_tax_amount: 150 },
    })
    expect((await stripe.paymentIntents.listAmountDetailsLineItems(id)).data).toMatchObject([line])
    expect(await stripe.paymentIntents.retrieve(id)).not.toHaveProperty('amount_details.line_items')
    expect(await failure(stripe.paymentIntents.update(id, { amount: 1001 }))).toMatchObject({
      code: 'amount_details_amount_mismatch',
    })
    await stripe.paymentIntents.update(id, { amount: 1001, amount_details: '' })
    expect((await stripe.paymentIntents.listAmountDetailsLineItems(id)).data).toEqual([])
  })

  it('has to come to it, unless the seller only wants to be told', async () => {
    await using open = await openSimulator()
    const create = (amount_details: Stripe.PaymentIntentCreateParams.AmountDetails) =>
      open.stripe.paymentIntents.create({ ...ten, amount_details })
    expect(await failure(create({ line_items: [line] }))).toMatchObject({
      statusCode: 400,
      code: 'amount_details_amount_mismatch',
    })
    expect(await failure(create({ tax: { total_tax_amount: 1001 } }))).toMatchObject({
      code: 'amount_details_tax_shipping_discount_greater_than_amount',
    })
    const told = await create({ line_items: [line], enforce_arithmetic_validation: false })
    expect(told.amount_details?.error).toMatchObject({ code: 'amount_details_amount_mismatch' })
    const both = create({ line_items: [{ ...line, discount_amount: 1 }], discount_amount: 1 })
    expect(await failure(both)).toMatchObject({ param: 'amount_details[discount_amount]' })
  })
})

const authorize = ({ stripe }: OpenSimulator) =>
  stripe.paymentIntents.create({
    ...now,
    capture_method: 'manual',
    ...card({ request_incremental_authorization: 'if_available' }),
  })

describe('an authorization', () => {
  it('cannot be raised on Stripe’s standard pricing', async () => {
    await using open = await openSimulator()
    const { id } = await authorize(open)
    const refused = await failure(open.stripe.paymentIntents.incrementAuthorization(id, { amount: 1500 }))
    expect(refused).toMatchObject({ statusCode: 400 })
  })

  it('can be raised where the account pays by interchange, if the bank agrees', async () => {
    await using open = await openSimulator({ settings: { interchangePlus: true } })
    const { stripe, simulator } = open
    const { id, latest_charge } = await authorize(open)
    const raise = (amount: number) => stripe.paymentIntents.incrementAuthorization(id, { amount })
    expect(await eventsAfter(open, () => raise(1500))).toEqual([
      'charge.updated',
      'payment_intent.amount_capturable_updated',
    ])
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ amount: 1500, amount_capturable: 1500 })
    expect(await failure(raise(1500))).toMatchObject({ statusCode: 400, param: 'amount' })
    simulator.declineNext({ code: 'card_declined', declineCode: 'insufficient_funds' })
    expect(await failure(raise(2000))).toMatchObject({ statusCode: 402, code: 'card_declined' })
    expect(await stripe.charges.retrieve(String(latest_charge))).toMatchObject({ amount: 1500 })
    expect(await stripe.paymentIntents.capture(id)).toMatchObject({ amount_received: 1500, status: 'succeeded' })
    expect(await failure(raise(3000))).toMatchObject({ code: 'payment_intent_unexpected_state' })
  })
})
