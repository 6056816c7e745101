import type { StripeError } from '@stripe/stripe-js'
import type { Answer, Intent, IntentRef, StripeBackend } from '../backend.ts'
import { askChallenge } from '../element/challenge-dialog.ts'
import { languageOf, messagesFor } from '../element/language.ts'
import { formatAmount } from '../format-amount.ts'

/** What stands around every confirmation. */
export interface Surroundings {
  readonly backend: StripeBackend
  readonly locale?: string | undefined
  /** Leaves the page for good. */
  readonly navigate: (url: string) => void
}

/** A page that is about to be left hears nothing more. */
export const leave = (navigate: (url: string) => void, url: string): Promise<never> => {
  navigate(url)
  return new Promise<never>(() => undefined)
}

const arrived = new Set(['succeeded', 'processing', 'requires_capture'])

const failureOf = (intent: Intent): StripeError =>
  (intent.object === 'payment_intent' ? intent.last_payment_error : intent.last_setup_error) ?? {
    type: 'invalid_request_error',
    code: `${intent.object}_unexpected_state`,
    message: `The ${intent.object} did not go on from ${intent.status}.`,
  }

/** Stripe.js tells a customer what the API tells a developer. */
const forCustomers = (error: StripeError, locale: string | undefined): StripeError =>
  error.code?.endsWith('_authentication_failure') ? { ...error, message: messagesFor(locale).challenge.failed } : error

/** An intent that came through, or the error that it carries. */
const outcomeOf = (intent: Intent, locale: string | undefined): Answer<Intent> =>
  arrived.has(intent.status)
    ? { value: intent }
    : { error: { ...forCustomers(failureOf(intent), locale), [intent.object]: intent } }

const amountOf = (intent: Intent, locale: string | undefined): string | undefined =>
  intent.object === 'payment_intent' ? formatAmount(intent.amount, intent.currency, languageOf(locale)) : undefined

const askInDialog = async (ref: IntentRef, intent: Intent, around: Surroundings): Promise<Answer<Intent>> => {
  const { backend, locale } = around
  const outcome = await askChallenge({ messages: messagesFor(locale), amount: amountOf(intent, locale) })
  const { error } = await backend.completeChallenge(ref, outcome)
  if (error) return { error }
  const after = await backend.retrieveIntent(ref)
  return after.error ? after : outcomeOf(after.value, locale)
}

/** Does what the bank asks for, in a dialog or on another page, and says how it ended. */
export const followAction = async (ref: IntentRef, intent: Intent, around: Surroundings): Promise<Answer<Intent>> => {
  if (intent.status !== 'requires_action') return outcomeOf(intent, around.locale)
  const url = intent.next_action?.redirect_to_url?.url
  return url ? leave(around.navigate, url) : askInDialog(ref, intent, around)
}
