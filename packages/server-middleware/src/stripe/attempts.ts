import { z } from 'zod'
import type { AttemptSnapshot } from '../domain/payment-attempt.ts'
import type { StripeApi } from './client.ts'
import { toPaymentFailure } from './payment-failure.ts'
import { instant, read, reference, referenceOrNull } from './read.ts'

/** More than any payment has. */
const most = 1_000

/** Every charge of a payment is one; of one that is still on its way nobody knows the end. */
export const listAttempts = async (api: StripeApi, payment_intent: string): Promise<readonly AttemptSnapshot[]> => {
  const charges = await api.ask('list the attempts at the payment', (client) =>
    client.charges.list({ payment_intent, limit: 100 }).autoPagingToArray({ limit: most }),
  )
  if (charges.length === 0) return []
  const invoiceId = await findInvoiceOf(api, payment_intent)
  return charges
    .flatMap(toAttempt)
    .map((attempt) => ({ ...attempt, providerInvoiceId: attempt.providerInvoiceId ?? invoiceId }))
    .reverse()
}

/** Since basil (2025-03) neither a payment nor a charge names the invoice that it pays. */
const findInvoiceOf = async (api: StripeApi, payment_intent: string): Promise<string | null> => {
  const { data } = await api.ask('look up what the payment is for', (client) =>
    client.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent }, limit: 1 }),
  )
  return data[0] ? read(z.object({ invoice: reference }), data[0], 'invoice payment').invoice : null
}

const charge = z.object({
  id: z.string(),
  payment_intent: reference,
  customer: referenceOrNull,
  /** Before basil (2025-03). */
  invoice: referenceOrNull,
  amount: z.int(),
  currency: z.string(),
  status: z.enum(['succeeded', 'pending', 'failed']),
  failure_code: z.string().nullable(),
  outcome: z.object({ reason: z.string().nullish() }).nullable(),
  payment_method_details: z
    .object({ card: z.object({ brand: z.string().nullish(), country: z.string().nullish() }).nullish() })
    .nullable(),
  created: instant,
})

export const toAttempt = (object: unknown): readonly AttemptSnapshot[] => {
  const found = read(charge, object, 'charge')
  if (found.status === 'pending') return []
  const card = found.payment_method_details?.card
  return [
    {
      providerAttemptId: found.id,
      providerPaymentId: found.payment_intent,
      providerCustomerId: found.customer,
      providerInvoiceId: found.invoice,
      amountMinor: found.amount,
      currency: found.currency,
      outcome: found.status,
      cardBrand: card?.brand ?? null,
      cardCountry: card?.country ?? null,
      declineCode: found.status === 'failed' ? declineCodeOf(found) : null,
      at: found.created,
    },
  ]
}

const declineCodeOf = ({ failure_code, outcome }: z.output<typeof charge>): string => {
  const { declineCode, code } = toPaymentFailure({ code: failure_code, decline_code: outcome?.reason })
  return declineCode ?? code
}
