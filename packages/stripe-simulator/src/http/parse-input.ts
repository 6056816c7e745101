import qs from 'qs'

const depth = 20
const arrayLimit = 1000

/** Form fields in Stripe's bracket notation, from a query or a body. */
export const parseForm = (text: string): Record<string, unknown> =>
  qs.parse(text, { depth, arrayLimit, parameterLimit: 10_000, ignoreQueryPrefix: true }) as Record<string, unknown>
