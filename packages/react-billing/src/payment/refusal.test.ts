import { describe, expect, it } from 'vitest'
import { createTranslate } from '../lib/messages.ts'
import { en } from '../messages/en.ts'
import { refusalOf } from './refusal.ts'

const t = createTranslate(en, 'en')

describe('a refusal', () => {
  it.each([
    [{ type: 'card_error', code: 'card_declined', decline_code: 'generic_decline' }, en.declined],
    [{ type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' }, en.insufficientFunds],
    [{ type: 'card_error', code: 'card_declined', decline_code: 'stolen_card' }, en.declined],
    [{ type: 'card_error', code: 'expired_card' }, en.expiredCard],
    [{ type: 'card_error', code: 'incorrect_cvc' }, en.incorrectCvc],
    [{ type: 'card_error', code: 'processing_error' }, en.processingError],
    [{ type: 'invalid_request_error', code: 'payment_intent_authentication_failure' }, en.authenticationFailed],
    [{ type: 'api_connection_error' }, en.paymentUnreachable],
    [{ type: 'api_error', message: 'Stripe says more.' }, 'Stripe says more.'],
    [{ type: 'api_error' }, en.paymentFailed],
  ] as const)('of %o says “%s”', (error, message) => {
    expect(refusalOf(error, t).message).toBe(message)
  })
})
