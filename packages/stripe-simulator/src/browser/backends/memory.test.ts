import { describe, expect, it } from 'vitest'
import { type CardMethod, type IntentRef, refOf } from '../backend.ts'
import { testCards } from '../card/test-cards.ts'
import { type MemoryScenario, memoryBackend } from './memory.ts'

const cardOf = (number: string): CardMethod => ({
  card: { number, exp_month: 12, exp_year: 2034, cvc: '123' },
  billing_details: {},
})

const refTo = ({ client_secret }: { client_secret: string | null }): IntentRef => {
  const ref = refOf(client_secret ?? '')
  if (!ref) throw new Error(`${client_secret} is no client secret`)
  return ref
}

const openPayment = (scenario: MemoryScenario = {}) => {
  const backend = memoryBackend(scenario)
  return { backend, ref: refTo(backend.openPaymentIntent({ amount: 500, currency: 'usd' })) }
}

describe('a payment in memory', () => {
  it.each([
    ['4242424242424242', undefined],
    ['4000000000000002', { code: 'card_declined', decline_code: 'generic_decline' }],
    ['4000000000009995', { code: 'card_declined', decline_code: 'insufficient_funds' }],
    ['4000000000009987', { code: 'card_declined', decline_code: 'lost_card' }],
    ['4000000000009979', { code: 'card_declined', decline_code: 'stolen_card' }],
    ['4000000000000069', { code: 'expired_card' }],
    ['4000000000000127', { code: 'incorrect_cvc' }],
    ['4000000000000119', { code: 'processing_error' }],
    ['4000000000000341', { code: 'card_declined' }],
    ['4111111111111111', { code: 'card_declined', decline_code: 'test_mode_live_card' }],
  ])('with %s has the error %o', async (number, expected) => {
    const { backend, ref } = openPayment()
    const { value, error } = await backend.confirmIntent(ref, { method: cardOf(number) })
    if (!expected) return expect(value).toMatchObject({ status: 'succeeded', amount: 500, last_payment_error: null })
    expect(error).toMatchObject({ type: 'card_error', ...expected })
    expect(error?.payment_intent).toMatchObject({ id: ref.id, status: 'requires_payment_method' })
  })

  it.each([
    ['4000002500003155', 'succeeded'],
    ['4000002760003184', 'succeeded'],
    ['4000000000003220', 'succeeded'],
    ['4000008260003178', 'requires_payment_method'],
    ['4000008400001629', 'requires_payment_method'],
  ])('with %s asks first, and is %s then', async (number, status) => {
    const { backend, ref } = openPayment()
    const asked = await backend.confirmIntent(ref, { method: cardOf(number) })
    expect(asked.value).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } })
    await backend.completeChallenge(ref, 'complete')
    expect((await backend.retrieveIntent(ref)).value).toMatchObject({ status, next_action: null })
  })

  it('is back where it started after a failed challenge, and can be paid then', async () => {
    const { backend, ref } = openPayment()
    await backend.confirmIntent(ref, { method: cardOf('4000002760003184') })
    await backend.completeChallenge(ref, 'fail')
    expect((await backend.retrieveIntent(ref)).value).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    })
    expect((await backend.confirmIntent(ref, { method: cardOf('4242424242424242') })).value?.status).toBe('succeeded')
  })

  it('is paid once', async () => {
    const { backend, ref } = openPayment()
    await backend.confirmIntent(ref, { method: cardOf('4242424242424242') })
    const again = await backend.confirmIntent(ref, { method: cardOf('4242424242424242') })
    expect(again.error).toMatchObject({ code: 'payment_intent_unexpected_state' })
  })

  it('is paid by a payment method or a confirmation token, too', async () => {
    for (const kind of ['paymentMethodId', 'confirmationTokenId'] as const) {
      const { backend, ref } = openPayment()
      const method = cardOf('4000000000009995')
      const made =
        kind === 'paymentMethodId' ? backend.createPaymentMethod(method) : backend.createConfirmationToken({ method })
      const { error } = await backend.confirmIntent(ref, { [kind]: (await made).value?.id })
      expect(error?.decline_code).toBe('insufficient_funds')
    }
  })

  it('sends its customer elsewhere when the scenario says where', async () => {
    const { backend, ref } = openPayment({ challengeUrl: 'https://bank.test/' })
    const { value } = await backend.confirmIntent(ref, {
      method: cardOf('4000002760003184'),
      returnUrl: 'https://host.test/',
    })
    expect(value?.next_action).toEqual({
      type: 'redirect_to_url',
      redirect_to_url: { url: 'https://bank.test/', return_url: 'https://host.test/' },
    })
  })

  it('is heard of by the server that waits for it', async () => {
    const heard: string[] = []
    const { backend, ref } = openPayment({ onIntentChange: ({ status }) => heard.push(status) })
    await backend.confirmIntent(ref, { method: cardOf('4000002760003184') })
    await backend.completeChallenge(ref, 'complete')
    expect(heard).toEqual(['requires_payment_method', 'requires_action', 'succeeded'])
  })

  it('waits while the network is gone, and goes on when it is back', async () => {
    const scenario: MemoryScenario = { offline: true }
    const { backend, ref } = openPayment(scenario)
    expect((await backend.retrieveIntent(ref)).error?.type).toBe('api_connection_error')
    scenario.offline = false
    expect((await backend.retrieveIntent(ref)).value?.status).toBe('requires_payment_method')
  })

  it('is nobody else’s: another secret finds nothing', async () => {
    const { backend, ref } = openPayment()
    const { error } = await backend.retrieveIntent({ ...ref, clientSecret: `${ref.id}_secret_guessed` })
    expect(error?.code).toBe('resource_missing')
  })
})

describe('a card that is saved in memory', () => {
  it.each([
    ['4242424242424242', 'succeeded'],
    ['4000000000000341', 'succeeded'],
    ['4000002500003155', 'requires_action'],
  ])('%s: %s', async (number, status) => {
    const backend = memoryBackend()
    const ref = refTo(backend.openSetupIntent())
    expect((await backend.confirmIntent(ref, { method: cardOf(number) })).value?.status).toBe(status)
  })

  it('is refused if it always declines', async () => {
    const backend = memoryBackend()
    const { error } = await backend.confirmIntent(refTo(backend.openSetupIntent()), {
      method: cardOf('4000000000000002'),
    })
    expect(error?.setup_intent).toMatchObject({ last_setup_error: { decline_code: 'generic_decline' } })
  })
})

it('every card on offer is one that the simulator knows', async () => {
  for (const { number } of testCards) {
    const { backend, ref } = openPayment()
    const { error } = await backend.confirmIntent(ref, { method: cardOf(number) })
    expect(error?.decline_code).not.toBe('test_mode_live_card')
  }
})
