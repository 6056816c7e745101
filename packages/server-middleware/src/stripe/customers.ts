import { createHash } from 'node:crypto'
import type { CustomerInput } from '../domain/provider-call.ts'
import type { StripeApi } from './client.ts'
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
