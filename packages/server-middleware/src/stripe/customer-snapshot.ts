import { z } from 'zod'
import { type CustomerSnapshot, deletedCustomer } from '../domain/customer.ts'
import type { PaymentMethodSnapshot } from '../domain/payment-method.ts'
import { instant, read, referenceOrNull } from './read.ts'

const customer = z.union([
  z.object({ id: z.string(), deleted: z.literal(true) }),
  z.object({
    id: z.string(),
    email: z.string().nullable(),
    name: z.string().nullish(),
    balance: z.int(),
    currency: z.string().nullish(),
    invoice_settings: z.object({ default_payment_method: referenceOrNull }),
  }),
])

export const toCustomer = (object: unknown): CustomerSnapshot => {
  const found = read(customer, object, 'customer')
  if ('deleted' in found) return deletedCustomer(found.id)
  return {
    providerCustomerId: found.id,
    isDeleted: false,
    email: found.email,
    name: found.name ?? null,
    defaultPaymentMethodId: found.invoice_settings.default_payment_method,
    balanceMinor: found.balance,
    currency: found.currency ?? null,
  }
}

const card = z.object({ brand: z.string(), last4: z.string(), exp_month: z.int(), exp_year: z.int() })

const method = z.looseObject({ id: z.string(), customer: referenceOrNull, type: z.string(), created: instant })

/** What Stripe says about a method stands under the name of its type. */
const details = z.object({ last4: z.string().nullish() }).nullish()

export const toPaymentMethod = (object: unknown): PaymentMethodSnapshot => {
  const found = read(method, object, 'payment method')
  const isCard = found.type === 'card'
  const paidBy = isCard ? read(card, found.card, 'card') : null
  return {
    providerPaymentMethodId: found.id,
    providerCustomerId: found.customer,
    type: found.type,
    brand: paidBy?.brand ?? null,
    last4: paidBy?.last4 ?? read(details, found[found.type], 'payment method')?.last4 ?? null,
    expires: paidBy && { month: paidBy.exp_month, year: paidBy.exp_year },
    createdAt: found.created,
  }
}
