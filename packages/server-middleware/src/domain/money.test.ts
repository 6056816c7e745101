import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divisorOf, minimumOf, toMoney } from './money.ts'

const format = (amountMinor: number, currency: string) => toMoney({ amountMinor, currency, locale: 'en-US' }).formatted

describe('toMoney', () => {
  it('formats hundredths, whole units and thousandths', () => {
    expect(format(500, 'usd')).toBe('$5.00')
    expect(format(500, 'jpy')).toBe('¥500')
    expect(format(500, 'kwd')).toBe('KWD\u00a00.500')
  })

  it('counts as the provider does where Intl counts otherwise', () => {
    expect(divisorOf('isk')).toBe(100)
    expect(format(12300, 'isk')).toBe('ISK\u00a0123.00')
    expect(divisorOf('ugx')).toBe(100)
  })

  it('speaks the language of the locale', () => {
    expect(toMoney({ amountMinor: 123456, currency: 'eur', locale: 'de-DE' }).formatted).toBe('1.234,56\u00a0€')
  })

  it('shows every minor unit of every amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.constantFrom('usd', 'jpy', 'kwd'), (amountMinor, currency) => {
        const digits = format(amountMinor, currency).replaceAll(/\D/g, '')
        expect(Number(digits)).toBe(amountMinor)
      }),
    )
  })
})

describe('minimumOf', () => {
  it('is the least amount that the provider takes', () => {
    expect(minimumOf('usd')).toBe(50)
    expect(minimumOf('huf')).toBe(17500)
  })

  it('is null where it is not known', () => {
    expect(minimumOf('xyz')).toBeNull()
  })
})
