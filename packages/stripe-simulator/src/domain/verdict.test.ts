import { describe, expect, it } from 'vitest'
import { behaviourOf, type CardBehaviour } from './card.ts'
import { judgeCharge, judgeSetup } from './verdict.ts'

const card = (number: string): CardBehaviour => {
  const found = behaviourOf(number)
  if (!found) throw new TypeError(`${number} is no test card`)
  return found
}

describe('the bank', () => {
  it('accepts 4242', () => {
    expect(judgeCharge(card('4242424242424242'), {}, false)).toEqual({ kind: 'succeed' })
  })

  it.each([
    ['4000000000000002', 'card_declined', 'generic_decline'],
    ['4000000000009995', 'card_declined', 'insufficient_funds'],
    ['4000000000009987', 'card_declined', 'lost_card'],
    ['4000000000000069', 'expired_card', undefined],
    ['4000000000000127', 'incorrect_cvc', undefined],
    ['4000000000000119', 'processing_error', undefined],
  ])('declines %s with %s %s', (number, code, declineCode) => {
    const verdict = judgeCharge(card(number), {}, false)
    expect(verdict).toMatchObject({ kind: 'decline', refusal: { code } })
    expect(verdict.kind === 'decline' && verdict.refusal.declineCode).toBe(declineCode)
  })

  it('lets 3155 be charged off session once it was set up, and asks otherwise', () => {
    expect(judgeCharge(card('4000002500003155'), {}, false).kind).toBe('ask')
    expect(judgeCharge(card('4000002500003155'), { offSession: true }, true).kind).toBe('succeed')
    expect(judgeCharge(card('4000002500003155'), { offSession: true }, false)).toMatchObject({
      refusal: { code: 'authentication_required' },
    })
  })

  it('asks for 3184 every time, also when it was set up', () => {
    expect(judgeCharge(card('4000002760003184'), {}, true).kind).toBe('ask')
    expect(judgeCharge(card('4000002760003184'), { offSession: true }, true).kind).toBe('decline')
  })

  it('declines 3178 after it was authenticated', () => {
    expect(judgeCharge(card('4000008260003178'), { authenticated: true }, false)).toMatchObject({
      refusal: { declineCode: 'insufficient_funds' },
    })
  })

  it('saves 0341, which declines later, and refuses to save 0002', () => {
    expect(judgeSetup(card('4000000000000341'), {}).kind).toBe('succeed')
    expect(judgeSetup(card('4000000000000002'), {}).kind).toBe('decline')
  })
})
