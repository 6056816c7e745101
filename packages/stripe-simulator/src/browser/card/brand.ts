/** What the digits of a card number tell before anybody is asked. */
export interface CardBrand {
  readonly id: 'amex' | 'diners' | 'discover' | 'jcb' | 'mastercard' | 'unionpay' | 'visa' | 'unknown'
  readonly name: string
  readonly lengths: readonly number[]
  /** How many digits stand together on the card. */
  readonly groups: readonly number[]
  readonly cvcLength: number
}

const fours = [4, 4, 4, 4] as const

const brands: readonly (CardBrand & { readonly pattern: RegExp })[] = [
  { id: 'visa', name: 'Visa', lengths: [16], groups: fours, cvcLength: 3, pattern: /^4/ },
  {
    id: 'mastercard',
    name: 'Mastercard',
    lengths: [16],
    groups: fours,
    cvcLength: 3,
    pattern: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
  },
  { id: 'amex', name: 'Amex', lengths: [15], groups: [4, 6, 5], cvcLength: 4, pattern: /^3[47]/ },
  { id: 'diners', name: 'Diners', lengths: [14, 16], groups: [4, 6, 4], cvcLength: 3, pattern: /^3(0|6|8|9)/ },
  { id: 'discover', name: 'Discover', lengths: [16], groups: fours, cvcLength: 3, pattern: /^6(011|4[4-9]|5)/ },
  { id: 'jcb', name: 'JCB', lengths: [16], groups: fours, cvcLength: 3, pattern: /^35/ },
  { id: 'unionpay', name: 'UnionPay', lengths: [16, 19], groups: [4, 4, 4, 4, 3], cvcLength: 3, pattern: /^62/ },
]

const unknown: CardBrand = { id: 'unknown', name: '', lengths: [16], groups: fours, cvcLength: 3 }

/** How a brand is called, by Stripe's word for it. */
export const brandNamed = (id: string): string => brands.find((brand) => brand.id === id)?.name ?? id

export const digitsOf = (text: string): string => text.replace(/\D/g, '')

export const brandOf = (number: string): CardBrand => {
  const digits = digitsOf(number)
  return brands.find(({ pattern }) => pattern.test(digits)) ?? unknown
}

/** The check digit that every card number ends with (ISO/IEC 7812, annex B). */
export const passesLuhn = (digits: string): boolean => {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 1 : 2)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return digits.length > 0 && sum % 10 === 0
}
