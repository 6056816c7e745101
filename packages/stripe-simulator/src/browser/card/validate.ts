import { brandOf, digitsOf, passesLuhn } from './brand.ts'

/** Stripe's codes for what a customer can get wrong in the Payment Element. */
export type FieldProblem =
  | 'incomplete_number'
  | 'invalid_number'
  | 'incomplete_expiry'
  | 'invalid_expiry_month'
  | 'invalid_expiry_year_past'
  | 'incomplete_cvc'
  | 'incomplete_zip'

export interface Expiry {
  readonly month: number
  readonly year: number
}

export const parseExpiry = (text: string): Expiry | undefined => {
  const digits = digitsOf(text)
  if (digits.length !== 4) return undefined
  return { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2)) }
}

const numberProblem = (text: string): FieldProblem | undefined => {
  const digits = digitsOf(text)
  if (!brandOf(digits).lengths.includes(digits.length)) return 'incomplete_number'
  return passesLuhn(digits) ? undefined : 'invalid_number'
}

/** A card is good to the end of the month that is printed on it. */
const expiryProblem = (text: string, today: Date): FieldProblem | undefined => {
  const expiry = parseExpiry(text)
  if (!expiry) return 'incomplete_expiry'
  if (expiry.month < 1 || expiry.month > 12) return 'invalid_expiry_month'
  const months = expiry.year * 12 + expiry.month
  return months < today.getFullYear() * 12 + today.getMonth() + 1 ? 'invalid_expiry_year_past' : undefined
}

const cvcProblem = (text: string, number: string): FieldProblem | undefined =>
  digitsOf(text).length === brandOf(number).cvcLength ? undefined : 'incomplete_cvc'

const postalPatterns: Readonly<Record<string, RegExp>> = {
  US: /^\d{5}(-?\d{4})?$/,
  CA: /^[a-z]\d[a-z] ?\d[a-z]\d$/i,
  GB: /^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$/i,
}

/** Stripe asks for a postal code where banks check it, and nowhere else. */
export const asksPostalCode = (country: string): boolean => country in postalPatterns

const postalProblem = (text: string, country: string): FieldProblem | undefined => {
  const pattern = postalPatterns[country]
  return !pattern || pattern.test(text.trim()) ? undefined : 'incomplete_zip'
}

export interface CardValues {
  readonly number: string
  readonly expiry: string
  readonly cvc: string
  /** Empty when the form does not ask for it. */
  readonly country: string
  readonly postalCode: string
}

export type FieldName = 'number' | 'expiry' | 'cvc' | 'postalCode'

/** What is wrong, in the order of the fields. A card that may be sent has nothing. */
export const problemsOf = (values: CardValues, today: Date): ReadonlyMap<FieldName, FieldProblem> => {
  const all: readonly (readonly [FieldName, FieldProblem | undefined])[] = [
    ['number', numberProblem(values.number)],
    ['expiry', expiryProblem(values.expiry, today)],
    ['cvc', cvcProblem(values.cvc, values.number)],
    ['postalCode', postalProblem(values.postalCode, values.country)],
  ]
  return new Map(all.filter((entry): entry is readonly [FieldName, FieldProblem] => entry[1] !== undefined))
}
