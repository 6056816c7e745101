import type { Stripe } from 'stripe'
import { BillingError } from '../domain/errors.ts'
import type { PortalInput } from '../domain/provider-call.ts'
import type { StripeApi } from './client.ts'
import { catalogKeys } from './metadata.ts'
import { createMemory } from './remember.ts'

type FlowData = Stripe.BillingPortal.SessionCreateParams.FlowData

/** Stripe's customer portal, in the configuration that `catalog push` made, or in the account's own when there is none. */
export type Portal = {
  open: (input: PortalInput) => Promise<{ url: string }>
  forget: () => void
}

export const createPortal = (api: StripeApi): Portal => {
  const known = createMemory<string>()
  const configurationId = async (): Promise<string | null> => {
    const id = known.recall('ours') ?? (await findPortalConfiguration(api))?.id ?? null
    if (id) known.keep('ours', id)
    return id
  }
  return {
    open: async (input) => {
      const configuration = await configurationId()
      const session = await api.ask('open the customer portal', (client) =>
        client.billingPortal.sessions.create({
          customer: input.providerCustomerId,
          return_url: input.returnUrl,
          ...(configuration ? { configuration } : {}),
          ...(input.flow ? { flow_data: toFlow(input.flow, input) } : {}),
        }),
      )
      return { url: session.url }
    },
    forget: known.forget,
  }
}

const toFlow = (type: NonNullable<PortalInput['flow']>, input: PortalInput): FlowData => {
  const back = { after_completion: { type: 'redirect', redirect: { return_url: input.returnUrl } } }
  if (type === 'payment_method_update') return { type, ...back }
  if (!input.providerSubscriptionId) {
    throw new BillingError('subscription_required', 'There is no subscription to change: subscribe to a plan first.')
  }
  return { type, [type]: { subscription: input.providerSubscriptionId }, ...back }
}

export const findPortalConfiguration = (api: StripeApi): Promise<Stripe.BillingPortal.Configuration | null> =>
  api.ask("look the portal's configuration up", async (client) => {
    for await (const configuration of client.billingPortal.configurations.list({ active: true, limit: 100 })) {
      if (configuration.metadata?.[catalogKeys.portal]) return configuration
    }
    return null
  })
