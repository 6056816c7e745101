import { describe, expect, it } from 'vitest'
import { cleanAddress, readLanding } from './landing.ts'

describe('a landing', () => {
  it.each([
    ['?success=true&session_id=cs_1', { kind: 'checkout', sessionId: 'cs_1' }],
    ['?canceled=true', { kind: 'canceled' }],
    ['?payment_intent=pi_1&redirect_status=failed', { kind: 'payment', paymentId: 'pi_1' }],
    ['?portal_return=visit_1', { kind: 'portal', portalReturn: 'visit_1' }],
    ['?session_id=cs_1', { kind: 'none' }],
    ['?tab=billing', { kind: 'none' }],
    ['', { kind: 'none' }],
  ])('of %s is %o', (search, landing) => {
    expect(readLanding(search)).toEqual(landing)
  })

  it('leaves nothing of itself in the address, least of all a secret', () => {
    const address =
      'https://host.test/account?tab=billing&payment_intent=pi_1&payment_intent_client_secret=pi_1_secret&redirect_status=succeeded#uses'
    expect(cleanAddress(address)).toBe('https://host.test/account?tab=billing#uses')
  })
})
