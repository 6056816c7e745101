import type { Refusal } from '../../domain/card.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { PaymentError } from '../../domain/objects/payment.ts'
import { render } from '../../domain/render.ts'

/** What an intent remembers of an attempt that failed. */
export const errorOf = (method: PaymentMethod, why: Refusal, charge?: string): PaymentError => ({
  type: 'card_error',
  code: why.code,
  ...(why.declineCode === undefined ? {} : { decline_code: why.declineCode }),
  message: why.message,
  ...(charge === undefined ? {} : { charge }),
  payment_method: render(method),
})
