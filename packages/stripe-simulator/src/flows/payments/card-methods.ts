import { behaviourOf, numberOfAlias } from '../../domain/card.ts'
import { invalidRequest, noSuch, StripeFailure } from '../../domain/failure.ts'
import type { CardMethod } from '../../domain/objects/customer.ts'
import type { World } from '../../world.ts'
import { fingerprintOf } from './debit-methods.ts'

export interface CardFields {
  readonly number?: string
  readonly exp_month?: number
  readonly exp_year?: number
  readonly cvc?: string
  readonly token?: string
  readonly networks?: { readonly preferred?: string }
}

const cardError = (code: string, message: string, param: string): StripeFailure =>
  new StripeFailure(402, { type: 'card_error', code, message, param })

const luhn = (number: string): boolean => {
  const digits = [...number].reverse().map(Number)
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

const checkNumber = (number: string): void => {
  if (!/^\d{12,19}$/.test(number) || !luhn(number)) {
    throw cardError('incorrect_number', 'Your card number is incorrect.', 'number')
  }
  if (!behaviourOf(number)) {
    throw new StripeFailure(402, {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'test_mode_live_card',
      message: 'Your card was declined. Your request was in test mode, but used a non test card.',
      param: 'number',
    })
  }
}

const checkExpiry = (world: World, month: number, year: number): void => {
  if (month < 1 || month > 12) {
    throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month')
  }
  const now = new Date(world.now() * 1000)
  const elapsed = year * 12 + month < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1
  if (elapsed) throw cardError('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year')
}

const checkCvc = (cvc: string | undefined): void => {
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc)) {
    throw cardError('invalid_cvc', "Your card's security code is invalid.", 'cvc')
  }
}

const numberOf = (card: CardFields): string => {
  if (card.token === undefined) return (card.number ?? '').replace(/\s/g, '')
  const number = numberOfAlias(card.token)
  if (number === undefined) throw noSuch('token', card.token, { param: 'card[token]' })
  return number
}

const cardOf = (number: string, month: number, year: number): CardMethod['card'] => {
  const brand = behaviourOf(number)?.brand ?? 'visa'
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: brand === 'amex' ? 'american_express' : brand,
    exp_month: month,
    exp_year: year,
    fingerprint: fingerprintOf(number),
    funding: 'credit',
    generated_from: null,
    last4: number.slice(-4),
    networks: { available: [brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  }
}

/** A card of several networks goes over the one that its holder prefers. */
export const preferring = (card: CardMethod['card'], preferred: string | undefined): CardMethod['card'] => {
  if (preferred === undefined) return card
  const { available } = card.networks
  if (preferred !== '' && !available.includes(preferred)) {
    throw invalidRequest(`This card cannot be charged over ${preferred}. Its networks: ${available.join(', ')}.`, {
      param: 'card[networks][preferred]',
    })
  }
  return { ...card, networks: { available, preferred: preferred || null } }
}

/** The card that somebody typed, or that a test token stands for. */
export const typedCard = (world: World, card: CardFields | undefined): Pick<CardMethod, 'card' | '$number'> => {
  if (!card) throw invalidRequest('Missing required param: card.', { code: 'parameter_missing', param: 'card' })
  const number = numberOf(card)
  const nextYear = new Date(world.now() * 1000).getUTCFullYear() + 1
  const { exp_month = 12, exp_year = nextYear } = card
  const year = exp_year < 100 ? 2000 + exp_year : exp_year
  checkNumber(number)
  checkExpiry(world, exp_month, year)
  checkCvc(card.cvc)
  return { card: preferring(cardOf(number, exp_month, year), card.networks?.preferred), $number: number }
}
