import { createHmac, timingSafeEqual } from 'node:crypto'
import type { CheckoutSnapshot } from '../src/domain/checkout.ts'
import { BillingError } from '../src/domain/errors.ts'
import type { Fact, ProviderEvent } from '../src/domain/event.ts'
import type { CheckoutInput, PaymentInput } from '../src/domain/provider-call.ts'
import type { PaymentSnapshot } from '../src/domain/purchase.ts'
import type { SubscriptionSnapshot } from '../src/domain/subscription.ts'
import type { PaymentProvider } from '../src/ports.ts'

export type Delivery = { body: string; headers: Record<string, string> }

/** A payment provider that fits on a page: it keeps what it is asked for, and its buyers do as the test says. */
export type TinyProvider = PaymentProvider & {
  /** The bank takes what was asked for. */
  pays(providerPaymentId: string): void
  /** What its hosted page does when the buyer has finished. */
  completes(providerSessionId: string): void
  /** Starts a subscription, or changes it. */
  bills(subscription: Partial<SubscriptionSnapshot> & { providerSubscriptionId: string }): void
  /** A signed event about a fact; `null` means nothing to anybody. */
  announces(id: string, fact: Fact | null): Delivery
  paymentCount(): number
}

export const tinyProvider = (id = 'tiny'): TinyProvider => {
  const payments = new Map<string, PaymentSnapshot>()
  const sessions = new Map<string, CheckoutSnapshot>()
  const subscriptions = new Map<string, SubscriptionSnapshot>()
  const events = new Map<string, ProviderEvent>()
  const change = <Row>(rows: Map<string, Row>, key: string, changes: Partial<Row>): Row => {
    const row = rows.get(key)
    if (row === undefined) throw new BillingError('provider_refused', `The payment provider has no ${key}.`)
    rows.set(key, { ...row, ...changes })
    return { ...row, ...changes }
  }
  return {
    id,
    mode: 'test',
    publishableKey: 'tiny_public',
    createCustomer: async ({ attemptId }) => ({ providerCustomerId: `customer_${attemptId}` }),
    async createPaymentIntent(input) {
      const key = `payment_${input.attemptId}`
      const payment = payments.get(key) ?? newPayment(key, input)
      payments.set(key, payment)
      return payment
    },
    findPaymentIntent: async (key) => payments.get(key) ?? null,
    confirmPaymentIntent: async ({ providerPaymentId }) =>
      change(payments, providerPaymentId, { status: 'processing' }),
    cancelPaymentIntent: async (key) => change(payments, key, { status: 'canceled' }),
    refundPayment: async ({ attemptId, providerPaymentId, amountMinor }) => ({
      providerRefundId: `refund_${attemptId}`,
      status: 'succeeded',
      amountMinor: amountMinor ?? change(payments, providerPaymentId, {}).amountMinor,
    }),
    async createCheckoutSession(input) {
      const key = `session_${input.attemptId}`
      const session = sessions.get(key) ?? newSession(key, input)
      sessions.set(key, session)
      return session
    },
    findCheckoutSession: async (key) => sessions.get(key) ?? null,
    async expireCheckoutSession(key) {
      const open = sessions.get(key)?.status === 'open'
      return change(sessions, key, open ? { status: 'expired', url: null } : {})
    },
    openPortal: async ({ providerCustomerId, returnUrl }) => ({
      url: `https://tiny.example/portal/${providerCustomerId}?${new URLSearchParams({ return: returnUrl })}`,
    }),
    findSubscription: async (key) => subscriptions.get(key) ?? null,
    listSubscriptions: async (customer) =>
      [...subscriptions.values()].filter((each) => each.providerCustomerId === customer),
    async verifyWebhook({ payload, headers }) {
      if (!isSigned(payload, headers['tiny-signature'])) {
        throw new BillingError('webhook_signature_invalid', 'The signature of this webhook does not fit its content.')
      }
      return toEvent(Buffer.from(payload).toString())
    },
    findEvent: async (key) => events.get(key) ?? null,
    pushCatalog: async () => [],
    checkCatalog: async () => [],

    pays(key) {
      const { amountMinor } = change(payments, key, {})
      change(payments, key, { status: 'succeeded', amountReceivedMinor: amountMinor, failure: null })
    },
    completes: (key) => void change(sessions, key, { status: 'complete', paid: true, url: null }),
    bills(changes) {
      const key = changes.providerSubscriptionId
      subscriptions.set(key, { ...(subscriptions.get(key) ?? newSubscription(key)), ...changes })
    },
    announces(eventId, fact) {
      const body = JSON.stringify({ id: eventId, type: fact?.type ?? 'weather.changed', fact })
      events.set(eventId, toEvent(body))
      return { body, headers: { 'content-type': 'application/json', 'tiny-signature': sign(Buffer.from(body)) } }
    },
    paymentCount: () => payments.size,
  }
}

const sign = (payload: Uint8Array): string => createHmac('sha256', 'tiny_secret').update(payload).digest('hex')

const isSigned = (payload: Uint8Array, signature = ''): boolean => {
  const expected = Buffer.from(sign(payload))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

const toEvent = (payload: string): ProviderEvent => {
  const { id, type, fact } = JSON.parse(payload) as { id: string; type: string; fact: Fact | null }
  return { id, type, objectId: null, apiVersion: null, mode: 'test', fact, payload }
}

const newPayment = (providerPaymentId: string, input: PaymentInput): PaymentSnapshot => ({
  providerPaymentId,
  status: 'requires_payment_method',
  amountMinor: input.amountMinor,
  amountReceivedMinor: 0,
  currency: input.currency,
  providerCustomerId: input.providerCustomerId,
  purchaseId: input.labels.purchaseId ?? null,
  clientSecret: `${providerPaymentId}_secret`,
  failure: null,
})

const newSession = (providerSessionId: string, { providerCustomerId }: CheckoutInput): CheckoutSnapshot => ({
  providerSessionId,
  status: 'open',
  paid: false,
  url: `https://tiny.example/checkout/${providerSessionId}`,
  providerCustomerId,
  providerSubscriptionId: null,
  providerPaymentId: null,
  expiresAt: new Date('2099-01-01T00:00:00Z'),
})

const newSubscription = (providerSubscriptionId: string): SubscriptionSnapshot => ({
  providerSubscriptionId,
  providerCustomerId: '',
  status: 'active',
  currency: 'usd',
  items: [],
  startedAt: new Date('2026-11-01T00:00:00Z'),
  currentPeriodStartedAt: new Date('2026-11-01T00:00:00Z'),
  currentPeriodEndsAt: new Date('2026-12-01T00:00:00Z'),
  cancelAt: null,
  canceledAt: null,
  endedAt: null,
  trialEndsAt: null,
  collectionPaused: false,
  openInvoice: null,
})
