import { invalidRequest } from '../../domain/failure.ts'

interface Partly {
  readonly left: number
  /** All that is left, unless a request asks for less. */
  readonly asked: number | undefined
  /** Stripe's words for one who asks for more. */
  readonly tooMuch: (amount: number) => string
}

/** How much of a fee is refunded, or of a transfer reversed. */
export const partAsked = ({ left, asked = left, tooMuch }: Partly): number => {
  if (asked < 1) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      param: 'amount',
      code: 'parameter_invalid_integer',
    })
  }
  if (asked <= left) return asked
  throw invalidRequest(tooMuch(asked), { param: 'amount' })
}
