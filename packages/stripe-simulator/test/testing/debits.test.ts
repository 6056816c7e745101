import { afterAll, beforeAll, expect, it } from 'vitest'
import { startStripe, type TestStripe } from '../../src/testing.ts'
import { clientFor } from './client-for.ts'

let stripe: TestStripe & AsyncDisposable
beforeAll(async () => {
  stripe = await startStripe({ settings: { paymentMethods: ['card', 'us_bank_account', 'sepa_debit'] } })
  const client = clientFor(stripe.address)
  const { id: product } = await client.products.create({ name: 'Growth' })
  const recurring = { interval: 'month' } as const
  await client.prices.create({ product, currency: 'usd', unit_amount: 4900, recurring, lookup_key: 'growth' })
  await client.prices.create({ product, currency: 'usd', unit_amount: 900, lookup_key: 'pack' })
  await client.prices.create({ product, currency: 'eur', unit_amount: 900, lookup_key: 'paket' })
})
afterAll(() => stripe[Symbol.asyncDispose]())

it('a customer pays from a bank account, and the bank lets it succeed', async () => {
  const alice = stripe.customer('alice')
  await alice.paysFrom('000123456789')
  const payment = await alice.buys('pack')
  expect(payment.status).toBe('processing')
  await stripe.bankAnswers('succeed')
  expect((await clientFor(stripe.address).paymentIntents.retrieve(payment.id)).status).toBe('succeeded')
})

it('an IBAN pays in euros, and the bank sends the debit back for a reason', async () => {
  const bob = stripe.customer('bob')
  await bob.paysFrom('DE89370400440532013000')
  const { id: intentId } = await bob.buys('paket')
  await stripe.bankAnswers('fail', { intentId, failureCode: 'insufficient_funds' })
  const { last_payment_error } = await clientFor(stripe.address).paymentIntents.retrieve(intentId)
  expect(last_payment_error).toMatchObject({ code: 'insufficient_funds' })
})

it('a running subscription is debited once its customer changes to an account', async () => {
  const carol = stripe.customer('carol')
  const { id } = await carol.subscribesTo('growth')
  await stripe.advance('1 hour')
  await clientFor(stripe.address).billingPortal.configurations.create({
    features: { payment_method_update: { enabled: true } },
  })
  await carol.paysFrom('000222222227')
  await stripe.advance('1 month')
  await stripe.advance('2 hours')
  expect((await clientFor(stripe.address).subscriptions.retrieve(id)).status).toBe('past_due')
})
