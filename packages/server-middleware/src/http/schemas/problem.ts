import type { BillingErrorCode, BillingErrorDetails } from '@paywright/contract'
import { z } from 'zod'
import { problemKinds } from '../error-handler.ts'
import { pack } from './plans.ts'

const planId = z.string().nullable()

/** What problems carry besides their message, by code. */
const details = {
  invalid_request: z.strictObject({ fields: z.array(z.strictObject({ path: z.string(), message: z.string() })) }),
  insufficient_credits: z.strictObject({
    unit: z.string(),
    creditsNeeded: z.int(),
    creditsAvailable: z.int(),
    packs: z.array(pack),
  }),
  already_subscribed: z.strictObject({ planId }),
  plan_required: z.strictObject({ planId: z.string() }),
  feature_required: z.strictObject({ feature: z.string(), planId }),
  plan_limit_reached: z.strictObject({ limit: z.string(), allowed: z.int(), planId }),
  too_many_requests: z.strictObject({ retryAfterSeconds: z.int() }),
  purchase_not_open: z.strictObject({ paymentId: z.string(), status: z.string() }),
} satisfies { [Code in keyof BillingErrorDetails]: z.ZodType<BillingErrorDetails[Code]> }

const detailsOf: { readonly [Code in BillingErrorCode]?: z.ZodType } = details

/** The problem document of a code. */
export const problemSchema = (code: BillingErrorCode): z.ZodType => {
  const { status, title } = problemKinds[code]
  const carried = detailsOf[code]
  return z.strictObject({
    type: z.literal(`urn:paywright:problem:${code}`),
    title: z.literal(title),
    status: z.literal(status),
    detail: z.string(),
    instance: z.string(),
    code: z.literal(code),
    requestId: z.string(),
    providerRequestId: z.string().exactOptional(),
    ...(carried ? { details: carried } : {}),
  })
}
