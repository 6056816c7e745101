import { expect, it } from 'vitest'
import { type PagePayment, sessionRefOf } from '../backend.ts'
import { memoryBackend } from './memory.ts'

const card = (number: string): PagePayment => ({
  method: { card: { number, exp_month: 12, exp_year: 2034, cvc: '123' }, billing_details: {} },
})

const open = () => {
  const backend = memoryBackend()
  const { client_secret } = backend.openCheckoutSession({
    currency: 'usd',
    lines: [{ name: '20 uses', amount: 500, isAdjustable: true }],
    email: 'ada@example.com',
  })
  const ref = sessionRefOf(client_secret)
  if (!ref) throw new TypeError('no client secret')
  return { backend, ref }
}

it.each([
  ['4242424242424242', { value: { session: { status: { type: 'complete', paymentStatus: 'paid' } } } }],
  ['4000000000009995', { error: { code: 'card_declined', decline_code: 'insufficient_funds' } }],
])('a session is paid in memory with %s', async (number, expected) => {
  const { backend, ref } = open()
  expect(await backend.payPage(ref, card(number))).toMatchObject(expected)
})

it.each([
  ['complete', { status: { type: 'complete' } }],
  ['fail', { status: { type: 'open' }, lastPaymentError: { message: expect.stringContaining('authentication') } }],
] as const)('and asks its bank: %s', async (outcome, session) => {
  const { backend, ref } = open()
  const { value } = await backend.payPage(ref, card('4000002760003184'))
  const [secret = '', id = ''] = /^(pi_\w+?)_secret_/.exec(value?.asked_intent ?? '') ?? []
  expect(secret).not.toBe('')
  const intent = { kind: 'payment_intent' as const, id, clientSecret: value?.asked_intent ?? '' }
  await backend.completeChallenge(intent, outcome)
  expect(await backend.retrievePage(ref)).toMatchObject({ value: { asked_intent: null, session } })
})

it('counts again when the quantity changes, and refuses what only a simulator has', async () => {
  const { backend, ref } = open()
  const line_item = { id: 'li_simulated1', quantity: 3 }
  expect(await backend.changePage(ref, { line_item })).toMatchObject({
    value: { session: { total: { total: { minorUnitsAmount: 1500, amount: '$15.00' } } } },
  })
  expect((await backend.changePage(ref, { promotion_code: 'X' })).error?.message).toContain('running simulator')
})

it('a customer session shows its cards, the newest first, and no other shows any', async () => {
  const backend = memoryBackend()
  const { client_secret } = backend.openCustomerSession(['5555555555554444', '4242424242424242'])
  const { value } = await backend.savedMethods(client_secret)
  expect(value?.map((method) => method.card?.last4)).toEqual(['4444', '4242'])
  expect((await backend.savedMethods('cuss_other_secret_1')).error?.code).toBe('resource_missing')
})
