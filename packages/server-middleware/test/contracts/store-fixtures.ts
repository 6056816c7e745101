import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { Checkout, CheckoutSnapshot } from '../../src/domain/checkout.ts'
import type { LedgerRef, Note, Operation } from '../../src/domain/credits/operation.ts'
import type { PaymentAttempt } from '../../src/domain/payment-attempt.ts'
import type { Purchase } from '../../src/domain/purchase.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import type { IncomingEvent } from '../../src/ports/inbox.ts'
import type { OpenStores, StoreWorld } from './store-world.ts'

/** One world for a whole suite, whose tests take names of their own. */
export const shareWorld = (open: OpenStores): (() => StoreWorld) => {
  let world: StoreWorld | undefined
  beforeAll(async () => {
    world = await open()
  })
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]()
  })
  return () => {
    if (world) return world
    throw new Error('The world is not open yet.')
  }
}

export const unique = (name: string): string => `${name}-${randomUUID()}`

export const later = (date: Date, milliseconds: number): Date => new Date(date.getTime() + milliseconds)

export const now = new Date('2026-01-15T12:00:00.000Z')

export const newPurchase = (changes: Partial<Purchase> = {}): Purchase => ({
  id: unique('purchase'),
  accountRef: unique('account'),
  userId: null,
  packId: 'small',
  packName: 'Small pack',
  quantity: 1,
  unit: 'uses',
  credits: 100,
  amountMinor: 500,
  currency: 'usd',
  via: 'page',
  providerPaymentId: null,
  status: 'requires_payment_method',
  failure: null,
  evidence: { termsVersion: '3', termsAcceptedAt: now, ip: '192.0.2.1' },
  createdAt: now,
  settledAt: null,
  ...changes,
})

export const newCheckout = (changes: Partial<Checkout> = {}): Checkout => ({
  id: unique('checkout'),
  accountRef: unique('account'),
  userId: 'user-1',
  slot: 'plan:default',
  order: { kind: 'subscription', planId: 'pro', interval: 'month', quantity: 1, trialDays: 0 },
  returnUrl: 'https://example.com/account',
  promotionCode: null,
  providerSessionId: null,
  url: null,
  status: 'open',
  paid: false,
  providerSubscriptionId: null,
  evidence: { ip: '192.0.2.1' },
  createdAt: now,
  expiresAt: later(now, 86_400_000),
  ...changes,
})

export const newSession = (changes: Partial<CheckoutSnapshot> = {}): CheckoutSnapshot => ({
  providerSessionId: unique('session'),
  status: 'open',
  paid: false,
  url: 'https://pay.example.com/1',
  providerCustomerId: null,
  providerSubscriptionId: null,
  providerPaymentId: null,
  providerInvoiceId: null,
  expiresAt: later(now, 3_600_000),
  ...changes,
})

export const newSubscription = (changes: Partial<Subscription> = {}): Subscription => ({
  providerSubscriptionId: unique('subscription'),
  providerCustomerId: 'customer',
  accountRef: unique('account'),
  planId: 'pro',
  group: 'default',
  interval: 'month',
  status: 'active',
  currency: 'usd',
  items: [
    { providerItemId: 'i', providerPriceId: 'p', priceKey: 'pro', quantity: 2, amountMinor: 900, interval: 'month' },
  ],
  startedAt: now,
  currentPeriodStartedAt: now,
  currentPeriodEndsAt: later(now, 1),
  cancelAt: null,
  canceledAt: null,
  endedAt: null,
  endReason: null,
  trialEndsAt: null,
  collectionPaused: false,
  openInvoice: null,
  ...changes,
})

export const newAttempt = (changes: Partial<PaymentAttempt> = {}): PaymentAttempt => ({
  providerAttemptId: unique('attempt'),
  providerPaymentId: unique('payment'),
  providerCustomerId: 'customer',
  providerInvoiceId: null,
  accountRef: unique('account'),
  amountMinor: 500,
  currency: 'usd',
  outcome: 'succeeded',
  cardBrand: 'visa',
  cardCountry: 'US',
  declineCode: null,
  at: now,
  ...changes,
})

export const newEvent = (changes: Partial<IncomingEvent> = {}): IncomingEvent => ({
  id: unique('event'),
  subject: unique('payment'),
  type: 'payment_intent.succeeded',
  objectId: 'pi_1',
  apiVersion: '2026-08-26',
  mode: 'test',
  providerCustomerId: 'cus_1',
  payload: '{"id":"event"}',
  ...changes,
})

export const newLedger = (freeUses = 0): LedgerRef => ({
  accountRef: unique('account'),
  unit: 'uses',
  freeUses,
  overdraft: 0,
  shortfall: 'debt',
})

export const note: Note = {
  description: 'An image',
  // Names that a database could trip over.
  metadata: { 'job.id': '7', $set: '1', '': 'empty', __proto__x: '2' },
  amountMinor: 20,
  currency: 'usd',
}

export const charge = (key: string, credits = 1): Operation => ({ op: 'charge', key, credits, note })

export const grant = (key: string, credits: number, expiresAt: Date | null = null): Operation => ({
  op: 'grant',
  key,
  grant: { kind: 'paid', credits, effectiveAt: null, expiresAt, rollover: null, source: { 'payment.id': 'pi_1' } },
  note,
})

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i))
