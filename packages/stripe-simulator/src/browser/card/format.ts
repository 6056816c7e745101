import { brandOf, digitsOf } from './brand.ts'

/** `4242424242424242` → `4242 4242 4242 4242`, and as Amex writes it for Amex. */
export const formatNumber = (text: string): string => {
  const { groups, lengths } = brandOf(text)
  const digits = digitsOf(text).slice(0, Math.max(...lengths))
  const starts = groups.map((_, index) => groups.slice(0, index).reduce((sum, length) => sum + length, 0))
  return starts
    .map((start, index) => digits.slice(start, index === groups.length - 1 ? undefined : starts[index + 1]))
    .filter((group) => group !== '')
    .join(' ')
}

/** `434` and `4/34` → `04 / 34`; a year of four digits, as browsers fill it in, keeps its last two. */
export const formatExpiry = (text: string): string => {
  const digits = digitsOf(text)
  const padded = /^[2-9]|^1\s*\//.test(text.trim()) ? `0${digits}` : digits
  const year = padded.length === 6 ? padded.slice(4) : padded.slice(2, 4)
  return year === '' ? padded : `${padded.slice(0, 2)} / ${year}`
}

export const formatCvc = (text: string, number: string): string => digitsOf(text).slice(0, brandOf(number).cvcLength)

/** Where the caret belongs after a reformat: behind as many digits as it was behind before. */
export const caretAfter = (formatted: string, digitsBefore: number): number => {
  if (digitsBefore === 0) return 0
  let seen = 0
  for (let index = 0; index < formatted.length; index += 1) {
    if (/\d/.test(formatted.charAt(index))) seen += 1
    if (seen === digitsBefore) return index + 1
  }
  return formatted.length
}
