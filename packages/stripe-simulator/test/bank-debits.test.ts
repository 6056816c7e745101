import { describe, expect, it } from 'vitest'
import { createDebtor, eventsFrom, openDebits, pays } from './support/debits.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const return_url = 'https://example.com/back'

describe('which methods are offered', () => {
  it('is cards alone until the account turns bank debits on', async () => {
    await using open = await openSimulator()
    const intent = await open.stripe.paymentIntents.create({ amount: 1000, currency: 'usd' })
    expect(intent.payment_method_types).toEqual(['card'])
    expect(await failure(pays(open, 'pm_success_de'))).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_incompatible_payment_method',
    })
  })

  it.each([
    ['usd', ['card', 'us_bank_account']],
    ['eur', ['card', 'sepa_debit']],
    ['gbp', ['card']],
  ])('depends on the currency: %s', async (currency, offered) => {
    await using open = await openDebits()
    const { id, payment_method_types } = await open.stripe.paymentIntents.create({ amount: 1000, currency })
    expect(payment_method_types).toEqual(offered)
    const changed = await open.stripe.paymentIntents.update(id, { currency: 'eur' })
    expect(changed.payment_method_types).toEqual(['card', 'sepa_debit'])
    expect((await open.stripe.setupIntents.create({})).payment_method_types).toHaveLength(3)
  })

  it('leaves out debits where the payment is captured later', async () => {
    await using open = await openDebits()
    const params = { amount: 1000, currency: 'usd', capture_method: 'manual' as const }
    expect((await open.stripe.paymentIntents.create(params)).payment_method_types).toEqual(['card'])
  })
})

describe('a debit of an IBAN', () => {
  it('is on its way, and then arrives, in the order of its events', async () => {
    await using open = await openDebits()
    const intent = await pays(open, 'pm_success_de')
    expect(intent).toMatchObject({ status: 'processing', amount_received: 0, last_payment_error: null })
    const charge = await open.stripe.charges.retrieve(String(intent.latest_charge))
    expect(charge).toMatchObject({ status: 'pending', paid: false, captured: true, balance_transaction: null })
    expect(charge.payment_method_details).toMatchObject({
      type: 'sepa_debit',
      sepa_debit: { last4: '3000', country: 'DE' },
    })

    await open.simulator.clock.advance({ minutes: 2 })
    const done = await open.stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge.balance_transaction'] })
    expect(done).toMatchObject({ status: 'succeeded', amount_received: 1000 })
    expect(done.latest_charge).toMatchObject({ status: 'succeeded', paid: true, balance_transaction: { amount: 1000 } })
    expect(eventsFrom(open, 'payment_intent.created')).toEqual([
      'payment_intent.created',
      'charge.pending',
      'payment_intent.processing',
      'charge.succeeded',
      'payment_intent.succeeded',
      'charge.updated',
    ])
  })

  it.each([
    ['pm_failed_de', 'generic_could_not_process', 'payment_intent_payment_attempt_failed'],
    ['pm_insufficientFunds_at', 'insufficient_funds', 'insufficient_funds'],
    ['pm_sepaDebit_exceedsWeeklyVolumeLimit_fr', 'charge_exceeds_source_limit', 'charge_exceeds_source_limit'],
    ['pm_exceedsWeeklyTransactionLimit_es', 'charge_exceeds_weekly_limit', 'payment_intent_payment_attempt_failed'],
  ])('%s comes back with %s', async (method, failure_code, code) => {
    await using open = await openDebits()
    const intent = await pays(open, method)
    await open.simulator.clock.advance({ minutes: 2 })
    const failed = await open.stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] })
    expect(failed).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code } })
    expect(failed.latest_charge).toMatchObject({ status: 'failed', failure_code })
    expect(eventsFrom(open, 'charge.failed')).toEqual(['charge.failed', 'payment_intent.payment_failed'])
  })

  it('that is slow takes at least three minutes', async () => {
    await using open = await openDebits()
    const { id } = await pays(open, 'pm_successDelayed_de')
    await open.simulator.clock.advance({ minutes: 3 })
    expect((await open.stripe.paymentIntents.retrieve(id)).status).toBe('processing')
    await open.simulator.clock.advance({ minutes: 2 })
    expect((await open.stripe.paymentIntents.retrieve(id)).status).toBe('succeeded')
  })

  it('that is disputed is lost: no bank argues', async () => {
    await using open = await openDebits()
    const { id } = await pays(open, 'pm_disputed_de')
    await open.simulator.clock.advance({ minutes: 2 })
    const [dispute] = (await open.stripe.disputes.list({ payment_intent: id })).data
    expect(dispute).toMatchObject({ status: 'lost', amount: 1000, reason: 'debit_not_authorized' })
    expect(eventsFrom(open, 'charge.dispute.created')).toContain('charge.dispute.closed')
  })

  it('needs a mandate: one that is given now, or was given before', async () => {
    await using open = await openDebits()
    const without = { confirm: true, payment_method: 'pm_success_de', return_url, amount: 1000, currency: 'eur' }
    expect(await failure(open.stripe.paymentIntents.create(without))).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_mandate_invalid',
    })
    expect(open.simulator.objects('charge')).toEqual([])
    const { id, invoice_settings } = await createDebtor(open, 'pm_success_de')
    const payment_method = String(invoice_settings.default_payment_method)
    const later = await open.stripe.paymentIntents.create({
      ...without,
      customer: id,
      payment_method,
      off_session: true,
    })
    expect(later.status).toBe('processing')
  })

  it.each([
    ['DE00370400440532013000', 'invalid_bank_account_iban'],
    ['GB33BUKB20201555555555', 'payment_method_invalid_parameter_testmode'],
  ])('%s is refused with %s', async (iban, code) => {
    await using open = await openDebits()
    const billing_details = { name: 'Ada', email: 'ada@example.com' }
    const made = open.stripe.paymentMethods.create({ type: 'sepa_debit', sepa_debit: { iban }, billing_details })
    expect(await failure(made)).toMatchObject({ code, param: 'sepa_debit[iban]' })
  })

  it('needs its owner’s name and address', async () => {
    await using open = await openDebits()
    const sepa_debit = { iban: 'DE89370400440532013000' }
    const made = (billing_details: object) =>
      failure(open.stripe.paymentMethods.create({ type: 'sepa_debit', sepa_debit, billing_details }))
    expect(await made({})).toMatchObject({ param: 'billing_details[name]' })
    expect(await made({ name: 'Ada' })).toMatchObject({ param: 'billing_details[email]' })
  })
})

describe('a debit that is on its way', () => {
  it('succeeds or fails now, when somebody says so', async () => {
    await using open = await openDebits({ debitSeconds: 4 * 86_400 })
    const [first, second] = [await pays(open, 'pm_failed_de'), await pays(open, 'pm_success_de')]
    expect(open.simulator.settlePayment(first.id, 'succeed').status).toBe('succeeded')
    const failed = open.simulator.settlePayment(second.id, 'fail', 'insufficient_funds')
    expect(failed.last_payment_error).toMatchObject({ code: 'insufficient_funds' })
    expect(() => open.simulator.settlePayment(first.id, 'fail')).toThrow('No debit is on its way')
    await open.simulator.clock.advance({ days: 5 })
    expect((await open.stripe.paymentIntents.retrieve(second.id)).status).toBe('requires_payment_method')
  })

  it('meets a decline that was forced', async () => {
    await using open = await openDebits()
    open.simulator.declineNext({ code: 'insufficient_funds' })
    const { id } = await pays(open, 'pm_success_de')
    await open.simulator.clock.advance({ minutes: 2 })
    expect((await open.stripe.paymentIntents.retrieve(id)).last_payment_error).toMatchObject({
      code: 'insufficient_funds',
    })
  })

  it('is not confirmed, changed or refunded', async () => {
    await using open = await openDebits()
    const { id } = await pays(open, 'pm_success_de')
    for (const refused of [
      open.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa', return_url }),
      open.stripe.paymentIntents.update(id, { amount: 2000 }),
      open.stripe.refunds.create({ payment_intent: id }),
    ])
      expect((await failure(refused)).statusCode).toBe(400)
  })

  it('is given back as a transfer once it has arrived', async () => {
    await using open = await openDebits()
    const { id } = await pays(open, 'pm_success_de')
    await open.simulator.clock.advance({ minutes: 2 })
    const refund = await open.stripe.refunds.create({ payment_intent: id })
    expect(refund.destination_details).toMatchObject({ type: 'eu_bank_transfer' })
  })
})
