import { tinyProvider } from '../tiny-provider.ts'
import { describeProvider } from './provider-contract.ts'
import type { ProviderWorld } from './provider-world.ts'

const open = async (): Promise<ProviderWorld> => {
  const provider = tinyProvider()
  return {
    provider,
    methods: { works: 'card_good', isDeclined: 'card_empty' },
    completes: async (id) => provider.completes(id),
    webhookAbout: async (id) => {
      const { body, headers } = provider.announces(`event_${id}`, { type: 'payment.changed', providerPaymentId: id })
      return { payload: new TextEncoder().encode(body), headers }
    },
    [Symbol.asyncDispose]: async () => {},
  }
}

describeProvider('tiny', open)
