import { describe, expect, it } from 'vitest'
import { advance, isBusy, type PaymentState } from './payment-sequence.ts'

const purchase = { paymentId: 'pi_1' } as Extract<PaymentState, { state: 'confirming' }>['purchase']

const states: PaymentState[] = [
  { state: 'idle' },
  { state: 'validating' },
  { state: 'creating' },
  { state: 'confirming', purchase },
  { state: 'processing', purchase, slow: false },
  { state: 'succeeded', purchase, usesLeft: 20 },
  { state: 'failed', refusal: { code: 'card_declined', message: 'No.' } },
]

const named = (name: PaymentState['state']) => states.find(({ state }) => state === name) ?? { state: 'idle' as const }

describe('the sequence of a payment', () => {
  it.each([
    ['idle', ['validating']],
    ['validating', ['idle', 'creating', 'failed']],
    ['creating', ['confirming', 'failed']],
    ['confirming', ['processing', 'failed']],
    ['processing', ['processing', 'succeeded', 'failed']],
    ['succeeded', ['idle']],
    ['failed', ['validating', 'idle']],
  ] as const)('goes from %s to %o and nowhere else', (from, allowed) => {
    const reached = states.filter((next) => advance(named(from), next) === next && next !== named(from))
    const stays = advance(named(from), named(from)) === named(from) ? [from] : []
    expect([...new Set([...reached.map(({ state }) => state), ...stays])].sort()).toEqual(
      [...new Set([...allowed, from])].sort(),
    )
  })

  it('succeeds from processing alone: the bank’s yes is not enough', () => {
    const succeeded = named('succeeded')
    const able = states.filter((from) => advance(from, succeeded) === succeeded && from !== succeeded)
    expect(able.map(({ state }) => state)).toEqual(['processing'])
  })

  it('is busy from the press of the button to its end', () => {
    expect(states.filter(isBusy).map(({ state }) => state)).toEqual([
      'validating',
      'creating',
      'confirming',
      'processing',
    ])
  })
})
