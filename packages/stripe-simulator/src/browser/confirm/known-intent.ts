import { type IntentRef, refOf } from '../backend.ts'
import { IntegrationError } from '../integration-error.ts'
import { confirmIntent, requireRef } from './confirm-intent.ts'
import { followAction, type Surroundings } from './follow-action.ts'
import { type IntentResult, inStripesWords } from './stripes-words.ts'

export const retrieveIntent =
  ({ backend }: Surroundings, kind: IntentRef['kind']) =>
  async (clientSecret: string): Promise<IntentResult> =>
    inStripesWords(kind, await backend.retrieveIntent(requireRef(kind, clientSecret)))

/** Goes on with what a server has confirmed; any status but `requires_action` is the page's mistake. */
export const handleNextAction =
  (around: Surroundings) =>
  async ({ clientSecret }: { readonly clientSecret: string }): Promise<IntentResult> => {
    const ref = refOf(clientSecret)
    if (!ref) throw new IntegrationError('handleNextAction needs the client secret of an intent.')
    const { value, error } = await around.backend.retrieveIntent(ref)
    if (error) return { error }
    if (value.status !== 'requires_action') {
      throw new IntegrationError(`handleNextAction: the ${ref.kind} is ${value.status}, not requires_action.`)
    }
    return inStripesWords(ref.kind, await followAction(ref, value, around))
  }

/** With a saved payment method, or with the one that the intent already has. */
export const confirmCardPayment =
  (around: Surroundings) =>
  async (clientSecret: string, given: { readonly payment_method?: unknown } = {}): Promise<IntentResult> => {
    if (typeof given.payment_method === 'object') {
      throw new IntegrationError(
        'confirmCardPayment takes the id of a payment method here; for a form, confirmPayment.',
      )
    }
    const kind = 'payment_intent'
    const confirmParams = given.payment_method === undefined ? {} : { payment_method: given.payment_method }
    return inStripesWords(
      kind,
      await confirmIntent({ kind, clientSecret, confirmParams, redirect: 'if_required' }, around),
    )
  }
