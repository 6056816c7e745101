import type Stripe from 'stripe'
import { expect } from 'vitest'

const return_url = 'https://example.com/back'

/** What nobody's payment ever waits for here: Stripe's refusal is all there is. */
export const onlyRefusing = [
  'POST /v1/payment_intents/{id}/apply_customer_balance',
  'POST /v1/payment_intents/{id}/verify_microdeposits',
  'POST /v1/refunds/{id}/cancel',
  'POST /v1/setup_intents/{id}/verify_microdeposits',
]

const refuses = async (work: Promise<unknown>): Promise<void> => {
  await expect(work).rejects.toMatchObject({ statusCode: 400 })
}

const amount_details = {
  line_items: [{ product_name: 'Thing', quantity: 2, unit_cost: 400, tax: { total_tax_amount: 100 } }],
  shipping: { amount: 100, from_postal_code: '10115' },
}

const callDetails = async (stripe: Stripe): Promise<void> => {
  const intent = await stripe.paymentIntents.create({ amount: 1000, currency: 'usd', amount_details })
  await stripe.paymentIntents.listAmountDetailsLineItems(intent.id)
  await stripe.paymentIntents.retrieve(intent.id, { expand: ['amount_details.line_items'] })
  await refuses(stripe.paymentIntents.applyCustomerBalance(intent.id))
  await refuses(stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [32, 45] }))
  await refuses(stripe.setupIntents.verifyMicrodeposits((await stripe.setupIntents.create({})).id))
}

/** What is left of payments: charges without intents, authorizations that grow, and what is said of an amount. */
export const callPaymentsLeft = async (stripe: Stripe): Promise<void> => {
  const charge = await stripe.charges.create({ amount: 500, currency: 'usd', source: 'tok_visa' })
  await stripe.charges.update(charge.id, { fraud_details: { user_report: 'safe' } })
  const held = await stripe.charges.create({ amount: 900, currency: 'usd', source: 'tok_mastercard', capture: false })
  await stripe.charges.capture(held.id, { amount: 700 })
  await refuses(stripe.refunds.cancel((await stripe.refunds.create({ charge: charge.id })).id))
  await callDetails(stripe)
  const authorized = await stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    capture_method: 'manual',
    confirm: true,
    payment_method: 'pm_card_visa',
    payment_method_options: { card: { request_incremental_authorization: 'if_available' } },
    return_url,
    shipping: { name: 'Ada', address: { line1: 'Street 1' } },
  })
  await stripe.paymentIntents.incrementAuthorization(authorized.id, { amount: 1500 })
  await stripe.paymentIntents.capture(authorized.id, { metadata: { a: '1' }, statement_descriptor_suffix: 'MORE' })
  await stripe.balanceTransactions.list({ type: 'charge', currency: 'usd' })
}
