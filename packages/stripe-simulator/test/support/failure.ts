import Stripe from 'stripe'

/** The refusal that a call ends with. */
export const failure = async (work: Promise<unknown>): Promise<Stripe.errors.StripeError> => {
  const cause = await work.then(
    () => new TypeError('nothing failed'),
    (thrown: unknown) => thrown,
  )
  if (cause instanceof Stripe.errors.StripeError) return cause
  throw cause
}
