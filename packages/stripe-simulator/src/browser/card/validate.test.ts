import { describe, expect, it } from 'vitest'
import { brandOf } from './brand.ts'
import { type CardValues, problemsOf } from './validate.ts'

const good: CardValues = {
  number: '4242 4242 4242 4242',
  expiry: '12 / 34',
  cvc: '123',
  country: 'US',
  postalCode: '10001',
}
const today = new Date(2026, 10, 21)

const problems = (changed: Partial<CardValues>): string[] => [...problemsOf({ ...good, ...changed }, today).values()]

describe('a card', () => {
  it.each<[Partial<CardValues>, string[]]>([
    [{}, []],
    [{ number: '4242 4242 4242 424' }, ['incomplete_number']],
    [{ number: '4242 4242 4242 4241' }, ['invalid_number']],
    [{ number: '' }, ['incomplete_number']],
    [{ expiry: '12' }, ['incomplete_expiry']],
    [{ expiry: '13 / 34' }, ['invalid_expiry_month']],
    [{ expiry: '00 / 34' }, ['invalid_expiry_month']],
    [{ expiry: '10 / 26' }, ['invalid_expiry_year_past']],
    [{ expiry: '11 / 26' }, []],
    [{ cvc: '12' }, ['incomplete_cvc']],
    [{ number: '3782 822463 10005' }, ['incomplete_cvc']],
    [{ postalCode: '1000' }, ['incomplete_zip']],
    [{ country: 'GB', postalCode: 'sw1a 1aa' }, []],
    [{ country: 'CA', postalCode: '10001' }, ['incomplete_zip']],
    [{ country: 'DE', postalCode: '' }, []],
    [{ country: '', postalCode: '' }, []],
    [{ number: '', cvc: '' }, ['incomplete_number', 'incomplete_cvc']],
  ])('with %o has the problems %o', (changed, expected) => {
    expect(problems(changed)).toEqual(expected)
  })

  it.each([
    ['4', 'visa'],
    ['2221', 'mastercard'],
    ['2220', 'unknown'],
    ['2720', 'mastercard'],
    ['2721', 'unknown'],
    ['55', 'mastercard'],
    ['37', 'amex'],
    ['6011', 'discover'],
    ['35', 'jcb'],
    ['62', 'unionpay'],
    ['36', 'diners'],
    ['', 'unknown'],
  ])('that starts with %s is %s', (digits, brand) => {
    expect(brandOf(digits).id).toBe(brand)
  })
})
