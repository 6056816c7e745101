import type { StripeError } from '@stripe/stripe-js'
import type { Intent } from '../backend.ts'
import type { GroupOptions } from '../elements-group.ts'

const mismatch = (field: string, shown: unknown, real: unknown): StripeError => ({
  type: 'invalid_request_error',
  message: `The ${field} of this Elements group (${shown}) does not match the intent's (${real}). Update the group, or create the intent from what it shows.`,
})

/** A deferred form promised an amount: Stripe refuses an intent about anything else. */
export const mismatchOf = (options: GroupOptions, intent: Intent): StripeError | undefined => {
  if (options.clientSecret !== undefined || intent.object === 'setup_intent') return undefined
  const { mode, amount, currency, setupFutureUsage } = options
  if (amount !== intent.amount) return mismatch('amount', amount, intent.amount)
  if (currency?.toLowerCase() !== intent.currency) return mismatch('currency', currency, intent.currency)
  if (mode !== 'payment') return undefined
  const [shown, real] = [setupFutureUsage ?? null, intent.setup_future_usage]
  return shown === real ? undefined : mismatch('setupFutureUsage', shown, real)
}
