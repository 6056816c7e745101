import { z } from 'zod'
import { BillingError } from '../domain/errors.ts'

/**
 * What we read of an object of Stripe's. One that doesn't have the shape is refused, so that nothing undefined is ever
 * written: an API version that we don't know shows itself here.
 *
 * @throws BillingError `provider_refused`
 */
export const read = <Shape extends z.ZodType>(shape: Shape, object: unknown, name: string): z.output<Shape> => {
  const result = shape.safeParse(object)
  if (result.success) return result.data
  const wrong = result.error.issues.map((issue) => issue.path.join('.') || 'itself').join(', ')
  throw new BillingError(
    'provider_refused',
    `A ${name} of Stripe's has a shape that is not known here (${wrong}), so it was left alone. ` +
      "Compare the API version of the webhook endpoint with the kit's.",
    { cause: result.error },
  )
}

/** Unix seconds. */
export const instant = z.int().transform((seconds) => new Date(seconds * 1000))

/** Unix seconds, or nothing. */
export const instantOrNull = instant.nullish().transform((date) => date ?? null)

/** The id of something that may be expanded. */
export const reference = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])

export const referenceOrNull = reference.nullish().transform((id) => id ?? null)
