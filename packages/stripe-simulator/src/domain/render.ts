import type { StripeObject } from './objects/base.ts'

/** The object as Stripe shows it: without the simulator's own memory. */
export const render = <T extends StripeObject>(object: T): T =>
  Object.fromEntries(Object.entries(object).filter(([field]) => !field.startsWith('$'))) as T
