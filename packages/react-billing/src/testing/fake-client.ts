import type { PlansResponse, Status } from '@paywright/contract'
import type { BillingClient, CallOptions } from '../client/billing-client.ts'
import { createIdempotencyKey } from '../client/idempotency-key.ts'
import type { FakePurchases } from './fake-purchases.ts'

export type FakeCallName = Exclude<keyof BillingClient, 'baseUrl'>

export type FakeCall = { name: FakeCallName; request: unknown; idempotencyKey: string | null }

type FakeClientInput = {
  answer: <Answer>(call: FakeCall, give: () => Answer) => Promise<Answer>
  plans: () => PlansResponse
  status: () => Status
  purchases: FakePurchases
}

/** A `BillingClient` that answers from memory. */
export const createFakeClient = ({ answer, plans, status, purchases }: FakeClientInput): BillingClient => ({
  baseUrl: '/billing',
  getConfig: () => answer(call('getConfig'), () => fakeConfig),
  listPlans: () => answer(call('listPlans'), plans),
  getStatus: (query) => answer(call('getStatus', query), status),
  startCheckout: (request, options) =>
    answer(call('startCheckout', request, options), () => ({ url: '#checkout', sessionId: 'cs_fake' })),
  openPortal: (request, options) => answer(call('openPortal', request, options), () => ({ url: '#portal' })),
  startPurchase: (request, options) =>
    answer(call('startPurchase', request, options), () =>
      purchases.start(request, options?.idempotencyKey ?? createIdempotencyKey()),
    ),
  getPurchase: (paymentId) => answer(call('getPurchase', paymentId), () => purchases.find(paymentId)),
})

const call = (name: FakeCallName, request: unknown = null, options: CallOptions = {}): FakeCall => ({
  name,
  request,
  idempotencyKey: options.idempotencyKey ?? null,
})

const fakeConfig = {
  provider: 'stripe',
  publishableKey: 'pk_test_fake',
  mode: 'test' as const,
  currency: 'usd',
  locale: 'en',
  features: { checkout: true, purchases: true, portal: true, promotionCodes: true, tax: false },
}
