import {
  type CheckoutRequest,
  type CheckoutResponse,
  type PortalRequest,
  type PortalResponse,
  portalFlows,
} from '@paywright/contract'
import { z } from 'zod'
import { id, interval, line, returnPath } from './common.ts'

const common = {
  returnPath: returnPath.exactOptional(),
  promotionCode: line(255).exactOptional(),
}

/** A plan or a pack, never both; nothing else decides what is charged. */
export const checkoutRequest = z.union([
  z.strictObject({
    planId: id,
    interval: interval.default('month'),
    quantity: z.int().min(1).max(10_000).default(1),
    ...common,
  }),
  z.strictObject({ packId: id, quantity: z.int().min(1).max(100).default(1), ...common }),
]) satisfies z.ZodType<CheckoutRequest>

export const checkoutResponse = z.strictObject({
  url: z.string(),
  sessionId: z.string(),
}) satisfies z.ZodType<CheckoutResponse>

export const portalRequest = z.strictObject({
  returnPath: returnPath.exactOptional(),
  flow: z.enum(portalFlows).exactOptional(),
}) satisfies z.ZodType<PortalRequest>

export const portalResponse = z.strictObject({ url: z.string() }) satisfies z.ZodType<PortalResponse>
