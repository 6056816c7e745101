import type { ConfirmInput, PaymentInput, RefundInput, RefundSnapshot } from '../domain/provider-call.ts'
import type { PaymentSnapshot } from '../domain/purchase.ts'
import type { StripeApi } from './client.ts'
import { isDeclined, isMissing, isTooLate, nullWhen } from './errors.ts'
import { toMetadata } from './metadata.ts'
import { toPayment, toRefund } from './snapshots.ts'

export const createPaymentIntent = async (api: StripeApi, input: PaymentInput): Promise<PaymentSnapshot> => {
  const { statementDescriptor } = input.labelling
  const intent = await api.ask('start the payment', (client) =>
    client.paymentIntents.create(
      {
        amount: input.amountMinor,
        currency: input.currency,
        customer: input.providerCustomerId,
        description: input.description,
        metadata: toMetadata(input.labels),
        automatic_payment_methods: { enabled: true },
        ...(statementDescriptor === undefined ? {} : { statement_descriptor_suffix: statementDescriptor }),
      },
      { idempotencyKey: `payment:${input.attemptId}` },
    ),
  )
  return toPayment(intent)
}

export const findPaymentIntent = async (api: StripeApi, id: string): Promise<PaymentSnapshot | null> => {
  const intent = await api.ask('look the payment up', (client) =>
    client.paymentIntents.retrieve(id).catch(nullWhen(isMissing)),
  )
  return intent && toPayment(intent)
}

/** A card that is declined is an answer, not an error: the snapshot says why. */
export const confirmPaymentIntent = async (api: StripeApi, input: ConfirmInput): Promise<PaymentSnapshot> => {
  const intent = await api.ask('confirm the payment', async (client) => {
    const confirmed = await client.paymentIntents
      .confirm(
        input.providerPaymentId,
        { payment_method: input.paymentMethodId, return_url: input.returnUrl },
        { idempotencyKey: `confirm:${input.attemptId}` },
      )
      .catch(nullWhen(isDeclined))
    return confirmed ?? client.paymentIntents.retrieve(input.providerPaymentId)
  })
  return toPayment(intent)
}

/** One that has succeeded or was canceled before is answered as it is. */
export const cancelPaymentIntent = async (api: StripeApi, id: string): Promise<PaymentSnapshot> => {
  const intent = await api.ask('cancel the payment', async (client) => {
    const canceled = await client.paymentIntents.cancel(id).catch(nullWhen(isTooLate))
    return canceled ?? client.paymentIntents.retrieve(id)
  })
  return toPayment(intent)
}

export const refundPayment = async (api: StripeApi, input: RefundInput): Promise<RefundSnapshot> => {
  const refund = await api.ask('refund the payment', (client) =>
    client.refunds.create(
      {
        payment_intent: input.providerPaymentId,
        ...(input.amountMinor === null ? {} : { amount: input.amountMinor }),
      },
      { idempotencyKey: `refund:${input.attemptId}` },
    ),
  )
  return toRefund(refund)
}
