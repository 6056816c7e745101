import { expect, it } from 'vitest'
import { formatAmount } from './format-amount.ts'

it.each([
  [79000, 'usd', '$790.00'],
  [5, 'usd', '$0.05'],
  [-250, 'usd', '-$2.50'],
  [500, 'jpy', '¥500'],
  [12340, 'kwd', 'KWD 12.340'],
  [700, 'isk', 'ISK 7.00'],
  [0, 'eur', '€0.00'],
  [9007199254740991, 'usd', '$90,071,992,547,409.91'],
])('%i minor units of %s read %s', (amount, currency, read) => {
  expect(formatAmount(amount, currency, 'en').replace(/\u00a0/g, ' ')).toBe(read)
})
