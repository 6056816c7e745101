import { defineCatalog } from '../../src/domain/define-catalog.ts'
import type { CheckoutInput, PaymentInput, WebhookInput } from '../../src/domain/provider-call.ts'
import type { PaymentProvider } from '../../src/ports/provider.ts'

/** A provider, and what buyers and their banks do to it. */
export type ProviderWorld = AsyncDisposable & {
  provider: PaymentProvider
  /** Payment methods on file with the provider. */
  methods: { works: string; isDeclined: string }
  /** The buyer fills in the hosted page with a card that works. */
  completes(providerSessionId: string): Promise<void>
  /** A signed webhook that the provider sent about this object of its own. */
  webhookAbout(objectId: string): Promise<WebhookInput>
}

export const contractCatalog = defineCatalog({
  currency: 'usd',
  freePlan: 'free',
  plans: { free: { name: 'Free' }, growth: { name: 'Growth', month: 7900, year: 79000 } },
  packs: { uses20: { name: '20 uses', credits: 20, amountMinor: 500 } },
})

export const labels = { accountId: 'workspace1', purchaseId: 'purchase1', source: 'test', createdVia: 'paywright' }
export type OpenProvider = () => Promise<ProviderWorld>

export const newCustomer = async ({ provider }: ProviderWorld) => {
  const input = { attemptId: 'ref1', email: 'ada@example.com', name: 'Ada', labels }
  const { providerCustomerId } = await provider.createCustomer(input)
  return providerCustomerId
}

export const paymentInput = async (world: ProviderWorld): Promise<PaymentInput> => ({
  attemptId: 'attempt1',
  providerCustomerId: await newCustomer(world),
  amountMinor: 500,
  currency: 'usd',
  description: '20 uses',
  labels,
  labelling: {},
})

export const newPayment = async (world: ProviderWorld) => world.provider.createPaymentIntent(await paymentInput(world))

export const pays = async (world: ProviderWorld, method: keyof ProviderWorld['methods']) => {
  const { providerPaymentId } = await newPayment(world)
  return world.provider.confirmPaymentIntent({
    attemptId: `confirm-${method}`,
    providerPaymentId,
    paymentMethodId: world.methods[method],
    returnUrl: 'https://app.example.com/account',
  })
}

export const purchaseInput = async (world: ProviderWorld): Promise<CheckoutInput> => ({
  attemptId: 'attempt2',
  providerCustomerId: await newCustomer(world),
  successUrl: 'https://app.example.com/account?session_id={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://app.example.com/account',
  promotionCode: null,
  labels,
  labelling: {},
  order: { kind: 'purchase', name: '20 uses', quantity: 2, unitAmountMinor: 500, currency: 'usd' },
})

const subscriptionInput = async (world: ProviderWorld): Promise<CheckoutInput> => {
  await world.provider.pushCatalog(contractCatalog)
  const items = contractCatalog.plans.growth.prices.year?.items ?? []
  const order = { kind: 'subscription', items, interval: 'year', quantity: 1, trialDays: 0 } as const
  return { ...(await purchaseInput(world)), order }
}

export const subscribes = async (world: ProviderWorld) => {
  const { providerSessionId } = await world.provider.createCheckoutSession(await subscriptionInput(world))
  await world.completes(providerSessionId)
  const session = await world.provider.findCheckoutSession(providerSessionId)
  return session?.providerSubscriptionId ?? ''
}
