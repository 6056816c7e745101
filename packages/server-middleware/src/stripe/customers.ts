import { createHash } from 'node:crypto'
import type { CustomerSnapshot } from '../domain/customer.ts'
import type { PaymentMethodSnapshot } from '../domain/payment-method.ts'
import type { CustomerInput } from '../domain/provider-call.ts'
import type { StripeApi } from './client.ts'
import { toCustomer, toPaymentMethod } from './customer-snapshot.ts'
import { isMissing, nullWhen } from './errors.ts'
import { toMetadata } from './metadata.ts'

export const createCustomer = async (api: StripeApi, input: CustomerInput): Promise<{ providerCustomerId: string }> => {
  const params = {
    ...(input.email === null ? {} : { email: input.email }),
    ...(input.name === null ? {} : { name: input.name }),
    metadata: toMetadata(input.labels),
  }
  const customer = await api.ask('create the customer', (client) =>
    client.customers.create(params, { idempotencyKey: `customer:${input.attemptId}:${digest(params)}` }),
  )
  return { providerCustomerId: customer.id }
}

/** Stripe refuses a key that comes with other content for a day; an account's name and e-mail may change within it. */
const digest = (params: object): string =>
  createHash('sha256').update(JSON.stringify(params)).digest('base64url').slice(0, 16)

export const findCustomer = async (api: StripeApi, id: string): Promise<CustomerSnapshot | null> => {
  const customer = await api.ask('look the customer up', (client) =>
    client.customers.retrieve(id).catch(nullWhen(isMissing)),
  )
  return customer && toCustomer(customer)
}

export const findPaymentMethod = async (api: StripeApi, id: string): Promise<PaymentMethodSnapshot | null> => {
  const method = await api.ask('look the payment method up', (client) =>
    client.paymentMethods.retrieve(id).catch(nullWhen(isMissing)),
  )
  return method && toPaymentMethod(method)
}

/** More than anybody has on file. */
const most = 1_000

/** Nobody has none, nor has a customer who was deleted. */
export const listPaymentMethods = async (
  api: StripeApi,
  customer: string,
): Promise<readonly PaymentMethodSnapshot[]> => {
  const methods = await api.ask('list the payment methods', (client) =>
    client.customers
      .listPaymentMethods(customer, { limit: 100 })
      .autoPagingToArray({ limit: most })
      .catch(nullWhen(isMissing)),
  )
  return (methods ?? []).map(toPaymentMethod)
}
