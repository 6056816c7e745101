import {
  type CheckoutOutcome,
  type Due,
  type Status,
  type StatusQuery,
  type Subscription,
  subscriptionStatuses,
} from '@paywright/contract'
import { z } from 'zod'
import { id, interval, money, timestamp } from './common.ts'
import { credits } from './credits.ts'

export const statusQuery = z.strictObject({
  sessionId: id.exactOptional(),
  portalReturn: id.exactOptional(),
}) satisfies z.ZodType<StatusQuery>

export const subscription = z.strictObject({
  providerSubscriptionId: z.string(),
  planId: z.string().nullable(),
  planName: z.string(),
  status: z.enum(subscriptionStatuses),
  hasAccess: z.boolean(),
  interval: interval.nullable(),
  quantity: z.int(),
  price: money.nullable(),
  startedAt: timestamp,
  currentPeriodEndsAt: timestamp.nullable(),
  nextBillingAt: timestamp.nullable(),
  cancelAt: timestamp.nullable(),
  canceledAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  trialEndsAt: timestamp.nullable(),
  collectionPaused: z.boolean(),
}) satisfies z.ZodType<Subscription>

const due = z.strictObject({
  reason: z.enum(['payment_failed', 'payment_incomplete', 'unpaid']),
  message: z.string(),
  amount: money.nullable(),
  url: z.string().nullable(),
}) satisfies z.ZodType<Due>

const checkoutOutcome = z.strictObject({
  sessionId: z.string(),
  status: z.enum(['open', 'processing', 'complete', 'expired']),
  kind: z.enum(['subscription', 'purchase']),
  planId: z.string().nullable(),
  packId: z.string().nullable(),
  usesPurchased: z.int().nullable(),
  unit: z.string().nullable(),
  scale: z.int(),
}) satisfies z.ZodType<CheckoutOutcome>

export const status = z.strictObject({
  accountId: z.string(),
  plan: z.strictObject({ id: z.string(), name: z.string() }),
  subscription: subscription.nullable(),
  entitlements: z.strictObject({
    features: z.array(z.string()),
    limits: z.record(z.string(), z.number().nullable()),
  }),
  credits,
  due: due.nullable(),
  checkout: checkoutOutcome.nullable(),
  asOf: timestamp,
}) satisfies z.ZodType<Status>
