import type { Config, Health, OutboxHealth, WebhookReceipt } from '@paywright/contract'
import { z } from 'zod'
import { currency, timestamp } from './common.ts'

const mode = z.enum(['test', 'live'])

export const config = z.strictObject({
  provider: z.string(),
  publishableKey: z.string(),
  mode,
  currency,
  locale: z.string(),
  features: z.strictObject({
    checkout: z.boolean(),
    purchases: z.boolean(),
    portal: z.boolean(),
    promotionCodes: z.boolean(),
    tax: z.boolean(),
  }),
}) satisfies z.ZodType<Config>

export const webhookReceipt = z.strictObject({
  received: z.literal(true),
  duplicate: z.literal(true).exactOptional(),
  ignored: z.literal(true).exactOptional(),
}) satisfies z.ZodType<WebhookReceipt>

const outboxHealth = z.strictObject({
  pending: z.int(),
  failed: z.int(),
  dead: z.int(),
}) satisfies z.ZodType<OutboxHealth>

export const health = z.strictObject({
  status: z.enum(['ok', 'degraded', 'down']),
  provider: z.strictObject({ id: z.string(), mode }),
  store: z.strictObject({ status: z.enum(['ok', 'down']) }),
  webhook: z.strictObject({
    lastReceivedAt: timestamp.nullable(),
    lagSeconds: z.int(),
    pending: z.int(),
    failed: z.int(),
    dead: z.int(),
    bodyConsumed: z.int(),
  }),
  outbox: z.strictObject({ effects: outboxHealth, notifications: outboxHealth }),
}) satisfies z.ZodType<Health>
