import { describe, expect, it } from 'vitest'
import { priceTag } from './price-tag.ts'

describe('a price tag', () => {
  it.each([
    [{ amountMinor: 2900, divisor: 100, formatted: '$29.00' }, '$29'],
    [{ amountMinor: 199000, divisor: 100, formatted: '$1,990.00' }, '$1,990'],
    [{ amountMinor: 199000, divisor: 100, formatted: '1.990,00 €' }, '1.990 €'],
    [{ amountMinor: 6583, divisor: 100, formatted: '$65.83' }, '$65.83'],
    [{ amountMinor: 100000, divisor: 1, formatted: '¥100,000' }, '¥100,000'],
    [{ amountMinor: 1000000, divisor: 1000, formatted: 'KWD 1,000.000' }, 'KWD 1,000'],
    [{ amountMinor: 1500, divisor: 1000, formatted: 'KWD 1.500' }, 'KWD 1.500'],
    [{ amountMinor: 100000, divisor: 100, formatted: '$1,000' }, '$1,000'],
  ] as const)('%o reads %s', (money, tag) => {
    expect(priceTag({ ...money, currency: 'xxx' })).toBe(tag)
  })
})
