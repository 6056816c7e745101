import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createDebtor, openDebits, pays } from './support/debits.ts'
import { failure } from './support/failure.ts'

describe('a US bank account', () => {
  it('is asked for its microdeposits, and debited when they are right', async () => {
    await using open = await openDebits()
    const asked = await pays(open, 'pm_usBankAccount_success')
    expect(asked.status).toBe('requires_action')
    expect(asked.next_action).toMatchObject({
      type: 'verify_with_microdeposits',
      verify_with_microdeposits: { microdeposit_type: 'descriptor_code' },
    })
    const wrong = open.stripe.paymentIntents.verifyMicrodeposits(asked.id, { amounts: [1, 2] })
    expect(await failure(wrong)).toMatchObject({
      statusCode: 400,
      code: 'payment_method_microdeposit_verification_amounts_mismatch',
    })
    const sent = await open.stripe.paymentIntents.verifyMicrodeposits(asked.id, { descriptor_code: 'SM11AA' })
    expect(sent).toMatchObject({ status: 'processing', next_action: null })
    await open.simulator.clock.advance({ minutes: 2 })
    expect((await open.stripe.paymentIntents.retrieve(asked.id)).status).toBe('succeeded')
  })

  it.each([
    ['SM33CC', 'payment_method_microdeposit_verification_attempts_exceeded'],
    ['SM44DD', 'payment_method_microdeposit_verification_timeout'],
  ])('that is verified by %s ends with %s', async (descriptor_code, code) => {
    await using open = await openDebits()
    const { id } = await pays(open, 'pm_usBankAccount_success')
    const failed = await open.stripe.paymentIntents.verifyMicrodeposits(id, { descriptor_code })
    expect(failed).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code } })
  })

  it('that no deposit reaches, or that nobody verifies in ten days, is given up', async () => {
    await using open = await openDebits()
    const [unreached, forgotten] = [
      await pays(open, 'pm_usBankAccount_failMicrodeposits'),
      await pays(open, 'pm_usBankAccount_success'),
    ]
    await open.simulator.clock.advance({ days: 11 })
    const errorOf = async ({ id }: Stripe.PaymentIntent) =>
      (await open.stripe.paymentIntents.retrieve(id)).last_payment_error?.code
    expect(await errorOf(unreached)).toBe('payment_method_microdeposit_failed')
    expect(await errorOf(forgotten)).toBe('payment_method_microdeposit_verification_timeout')
  })

  it.each([
    ['pm_usBankAccount_accountClosed', 'account_closed'],
    ['pm_usBankAccount_noAccount', 'no_account'],
    ['pm_usBankAccount_insufficientFunds', 'insufficient_funds'],
    ['pm_usBankAccount_debitNotAuthorized', 'debit_not_authorized'],
    ['pm_usBankAccount_invalidCurrency', 'payment_intent_payment_attempt_failed'],
    ['pm_usBankAccount_weeklyLimitExceeded', 'charge_exceeds_source_limit'],
  ])('%s comes back with %s', async (method, code) => {
    await using open = await openDebits({ bankAccountVerification: 'instant' })
    const { id } = await pays(open, method)
    await open.simulator.clock.advance({ minutes: 2 })
    expect((await open.stripe.paymentIntents.retrieve(id)).last_payment_error).toMatchObject({ code })
  })

  it('that never answers stays underway, and its payment can be canceled', async () => {
    await using open = await openDebits({ bankAccountVerification: 'instant' })
    const { id } = await pays(open, 'pm_usBankAccount_processing')
    await open.simulator.clock.advance({ days: 30 })
    expect((await open.stripe.paymentIntents.retrieve(id)).status).toBe('processing')
    const canceled = await open.stripe.paymentIntents.cancel(id, { cancellation_reason: 'requested_by_customer' })
    expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'requested_by_customer' })
    expect(await failure(open.stripe.paymentIntents.cancel((await pays(open, 'pm_success_de')).id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    })
  })

  it('is not attached before it is verified', async () => {
    await using open = await openDebits()
    const { id: customer } = await open.stripe.customers.create({})
    const attached = open.stripe.paymentMethods.attach('pm_usBankAccount_success', { customer })
    expect(await failure(attached)).toMatchObject({ code: 'bank_account_unverified' })
    const { invoice_settings } = await createDebtor(open, 'pm_usBankAccount_success')
    expect(invoice_settings.default_payment_method).toMatch(/^pm_/)
  })

  it.each([
    [{ routing_number: '123', account_number: '000123456789' }, 'routing_number_invalid'],
    [{ routing_number: '110000000', account_number: '12345' }, 'account_number_invalid'],
  ])('%j is refused with %s', async (us_bank_account, code) => {
    await using open = await openDebits()
    const billing_details = { name: 'Ada' }
    const made = open.stripe.paymentMethods.create({ type: 'us_bank_account', us_bank_account, billing_details })
    expect(await failure(made)).toMatchObject({ code })
  })
})
