import type { Money } from '@paywright/contract'

const emptyFraction = { 1: null, 100: /[.,٫]00(?!.*\d)/, 1000: /[.,٫]000(?!.*\d)/ } as const

/** Money as a price tag says it: `$29`, not `$29.00`; `$65.83` stays. */
export const priceTag = ({ amountMinor, divisor, formatted }: Money): string => {
  const fraction = emptyFraction[divisor]
  return fraction && amountMinor % divisor === 0 ? formatted.replace(fraction, '') : formatted
}
