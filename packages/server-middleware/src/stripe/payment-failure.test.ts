import { describe, expect, it } from 'vitest'
import { toPaymentFailure } from './payment-failure.ts'

describe('toPaymentFailure', () => {
  it("says the bank's reason in words for the buyer", () => {
    expect(toPaymentFailure({ code: 'card_declined', decline_code: 'insufficient_funds' })).toEqual({
      code: 'card_declined',
      declineCode: 'insufficient_funds',
      message: 'There is not enough money on this card. Try another card.',
    })
  })

  it('knows the codes that come without a decline code', () => {
    expect(toPaymentFailure({ code: 'expired_card', decline_code: '' })).toMatchObject({
      code: 'expired_card',
      declineCode: null,
      message: 'The card has expired. Use another card.',
    })
  })

  it.each(['lost_card', 'stolen_card', 'pickup_card', 'fraudulent', 'merchant_blacklist'])(
    'tells nobody that the bank said %s',
    (decline_code) => {
      const generic = toPaymentFailure({ code: 'card_declined', decline_code: 'generic_decline' })
      expect(toPaymentFailure({ code: 'card_declined', decline_code })).toEqual(generic)
    },
  )

  it('has something to say about codes that nobody has seen yet', () => {
    expect(toPaymentFailure({ code: 'new_code', decline_code: 'new_reason' }).message).toContain('Try another card')
    expect(toPaymentFailure({})).toMatchObject({ code: 'payment_failed', declineCode: null })
  })
})
