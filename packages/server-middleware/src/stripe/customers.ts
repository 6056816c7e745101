import type { CustomerInput } from '../domain/provider-call.ts'
import type { StripeApi } from './client.ts'
import { toMetadata } from './metadata.ts'

export const createCustomer = async (api: StripeApi, input: CustomerInput): Promise<{ providerCustomerId: string }> => {
  const customer = await api.ask('create the customer', (client) =>
    client.customers.create(
      {
        ...(input.email === null ? {} : { email: input.email }),
        ...(input.name === null ? {} : { name: input.name }),
        metadata: toMetadata(input.labels),
      },
      { idempotencyKey: `customer:${input.attemptId}` },
    ),
  )
  return { providerCustomerId: customer.id }
}
