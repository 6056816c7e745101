import { expect, it } from 'vitest'
import { later, newAttempt, now } from '../../test/contracts/store-fixtures.ts'
import { withRecovery } from './payment-attempt.ts'

const failed = newAttempt({ outcome: 'failed', providerPaymentId: 'p1', providerInvoiceId: 'in1', at: now })
const soon = { at: later(now, 1000) }

it.each([
  ['a later one of the payment succeeded', newAttempt({ providerPaymentId: 'p1', ...soon }), true],
  ['a later one of the invoice succeeded', newAttempt({ providerInvoiceId: 'in1', ...soon }), true],
  ['a later one failed, too', newAttempt({ outcome: 'failed', providerPaymentId: 'p1', ...soon }), false],
  ['an earlier one succeeded', newAttempt({ providerPaymentId: 'p1', at: later(now, -1000) }), false],
  ['one of another payment succeeded', newAttempt({ ...soon }), false],
])('an attempt that failed, where %s', (_fact, other, isRecovered) => {
  expect(withRecovery([failed, other])[0]).toEqual({ ...failed, isRecovered })
})

it('two payments without an invoice have none in common', () => {
  const attempt = newAttempt({ outcome: 'failed' })
  expect(withRecovery([attempt, newAttempt(soon)])[0]?.isRecovered).toBe(false)
})

it('an attempt that succeeded needs no recovery', () => {
  expect(
    withRecovery([newAttempt({ providerPaymentId: 'p' }), newAttempt({ providerPaymentId: 'p', ...soon })]),
  ).toMatchObject([{ isRecovered: false }, { isRecovered: false }])
})
