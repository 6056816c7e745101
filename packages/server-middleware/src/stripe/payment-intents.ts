import type { ConfirmInput, PaymentInput, RefundInput, RefundSnapshot } from '../domain/provider-call.ts'
import type { PaymentSnapshot } from '../domain/purchase.ts'
import type { StripeApi } from './client.ts'
import { declinedPayment, isDeclined, isMissing, isTooLate, nullWhen } from './errors.ts'
import { toMetadata } from './metadata.ts'
import { toPayment, toRefund } from './snapshots.ts'

export const createPaymentIntent = async (api: StripeApi, input: PaymentInput): Promise<PaymentSnapshot> => {
  const params = { ...toParams(input), automatic_payment_methods: { enabled: true } }
  const intent = await api.ask('start the payment', (client) =>
    client.paymentIntents.create(params, { idempotencyKey: `payment:${input.attemptId}` }),
  )
  return toPayment(intent)
}

const toParams = (input: PaymentInput) => {
  const { statementDescriptor } = input.labelling
  return {
    amount: input.amountMinor,
    currency: input.currency,
    customer: input.providerCustomerId,
    description: input.description,
    metadata: toMetadata(input.labels),
    ...(statementDescriptor === undefined ? {} : { statement_descriptor_suffix: statementDescriptor }),
  }
}

/** A card that is declined, or asks for its owner, is an answer here, too. */
export const payOffSession = async (api: StripeApi, input: PaymentInput): Promise<PaymentSnapshot | null> => {
  const payment_method = await findSavedMethod(api, input.providerCustomerId)
  if (payment_method === null) return null
  const params = { ...toParams(input), payment_method, confirm: true, off_session: true }
  const intent = await api.ask('pay with the method on file', (client) =>
    client.paymentIntents
      .create(params, { idempotencyKey: input.attemptId })
      .catch((error: unknown) => client.paymentIntents.retrieve(declinedPayment(error))),
  )
  return toPayment(intent)
}

/** The one for invoices, else the newest. */
const findSavedMethod = async (api: StripeApi, customerId: string): Promise<string | null> => {
  const customer = await api.ask('look the customer up', (client) => client.customers.retrieve(customerId))
  const preferred = customer.deleted ? null : customer.invoice_settings.default_payment_method
  if (preferred) return typeof preferred === 'string' ? preferred : preferred.id
  const { data } = await api.ask('list the payment methods', (client) =>
    client.customers.listPaymentMethods(customerId, { limit: 1 }),
  )
  return data[0]?.id ?? null
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
