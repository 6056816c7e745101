import {
  type CaptureRequest,
  type ChargeRequest,
  type ChargeResponse,
  type CheckRequest,
  type CheckResponse,
  type Credits,
  type EntriesQuery,
  type Entry,
  entryTypes,
  grantKinds,
  type HoldRequest,
  type HoldResponse,
  type Page,
  type ReleaseRequest,
} from '@paywright/contract'
import { z } from 'zod'
import { currency, line, minorAmount, positiveCredits, timestamp } from './common.ts'
import { namesAccount, optionalAccountName } from './named-account.ts'

const unit = line(100)

export const credits = z.strictObject({
  unit: z.string(),
  scale: z.int(),
  available: z.int(),
  free: z.int(),
  promotional: z.int(),
  plan: z.int(),
  paid: z.int(),
  held: z.int(),
  frozen: z.int(),
  debt: z.int(),
  totalUses: z.int(),
  grants: z.array(
    z.strictObject({ kind: z.enum(grantKinds), remaining: z.int(), amount: z.int(), expiresAt: timestamp.nullable() }),
  ),
  nextExpiryAt: timestamp.nullable(),
}) satisfies z.ZodType<Credits>

export const creditsQuery = z.strictObject({ unit: unit.exactOptional() })

export const entry = z.strictObject({
  id: z.string(),
  seq: z.int(),
  type: z.enum(entryTypes),
  credits: z.int(),
  balanceAfter: z.int(),
  description: z.string(),
  metadata: z.record(z.string(), z.string()),
  amountMinor: minorAmount.nullable(),
  currency: currency.nullable(),
  at: timestamp,
}) satisfies z.ZodType<Entry>

export const entryPage = z.strictObject({
  items: z.array(entry),
  nextCursor: z.string().nullable(),
}) satisfies z.ZodType<Page<Entry>>

/** Queries are texts: the number in them is read here. */
const pageSize = z
  .string()
  .regex(/^\d{1,4}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.int().min(1).max(100))

export const entriesQuery = z.strictObject({
  cursor: line(100).exactOptional(),
  limit: pageSize.exactOptional(),
  unit: unit.exactOptional(),
}) satisfies z.ZodType<EntriesQuery>

export const checkRequest = namesAccount<CheckRequest>(
  z.strictObject({ ...optionalAccountName, credits: positiveCredits.default(1), unit: unit.exactOptional() }),
)

export const checkResponse = z.strictObject({
  hasCredit: z.boolean(),
  creditsRemaining: z.int(),
  planName: z.string(),
  reason: z.string().nullable(),
  freeUsesRemaining: z.int(),
  totalUses: z.int(),
  purchaseRequired: z.boolean(),
  purchasePriceMinor: minorAmount.exactOptional(),
  purchaseUses: z.int().exactOptional(),
}) satisfies z.ZodType<CheckResponse>

const metadata = z
  .record(z.string().regex(/^[\w-]{1,40}$/), z.string().max(500))
  .refine((sent) => Object.keys(sent).length <= 50, 'must have at most 50 names')

export const chargeRequest = namesAccount<ChargeRequest>(
  z.strictObject({
    ...optionalAccountName,
    credits: positiveCredits.default(1),
    unit: unit.exactOptional(),
    amountMinor: minorAmount.min(0).exactOptional(),
    currency: currency.exactOptional(),
    description: z.string().min(1).max(500),
    metadata: metadata.exactOptional(),
  }),
)

export const chargeResponse = z.strictObject({
  entry,
  balance: credits,
  replayed: z.boolean(),
}) satisfies z.ZodType<ChargeResponse>

const longestHoldSeconds = 24 * 60 * 60

export const holdRequest = namesAccount<HoldRequest>(
  z.strictObject({
    ...optionalAccountName,
    credits: positiveCredits,
    unit: unit.exactOptional(),
    expiresIn: z.int().min(1).max(longestHoldSeconds).exactOptional(),
    description: z.string().min(1).max(500),
    metadata: metadata.exactOptional(),
  }),
)

export const holdResponse = z.strictObject({
  hold: z.strictObject({ id: z.string(), unit: z.string(), credits: z.int(), expiresAt: timestamp }),
  balance: credits,
  replayed: z.boolean(),
}) satisfies z.ZodType<HoldResponse>

export const captureRequest = namesAccount<CaptureRequest>(
  z.strictObject({
    ...optionalAccountName,
    credits: positiveCredits,
    allowExtra: z.boolean().exactOptional(),
    description: z.string().min(1).max(500).exactOptional(),
    metadata: metadata.exactOptional(),
  }),
)

export const releaseRequest = namesAccount<ReleaseRequest>(z.strictObject(optionalAccountName))
