import type { JsonObject, Money } from '@paywright/contract'
import { z } from 'zod'

/** An instant on the wire. */
export const timestamp = z.iso.datetime()

export const currency = z.string().regex(/^[a-z]{3}$/, 'must be a currency: three lower-case letters')

export const minorAmount = z.int()

export const money = z.strictObject({
  amountMinor: minorAmount,
  currency,
  divisor: z.union([z.literal(1), z.literal(100), z.literal(1000)]),
  formatted: z.string(),
}) satisfies z.ZodType<Money>

/** One line of text, with something in it. */
export const line = (maximum: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(maximum)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters')

/** An id that the host or the provider gave. */
export const id = line(255)

export const positiveCredits = z.int().min(1).max(1_000_000_000)

export const jsonValue = z.json()

export const jsonObject = z.record(z.string(), jsonValue) satisfies z.ZodType<JsonObject>

/** A path of the host's site. */
export const returnPath = line(2048)

export const interval = z.enum(['month', 'year'])
