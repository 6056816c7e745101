import type { StripeError } from '@stripe/stripe-js'
import { type Answer, type CardMethod, type Confirmation, type Intent, type IntentRef, refOf } from '../backend.ts'
import type { Collected } from '../element/payment-element.ts'
import type { GroupParts } from '../elements-group.ts'
import { IntegrationError } from '../integration-error.ts'
import { followAction, leave, type Surroundings } from './follow-action.ts'
import { mismatchOf } from './match-intent.ts'
import { checkRedirect, returnUrlOf } from './redirect.ts'

export interface ConfirmParams {
  readonly return_url?: string
  readonly payment_method?: unknown
  readonly confirmation_token?: string
  readonly payment_method_data?: { readonly billing_details?: CardMethod['billing_details'] }
}

export interface ConfirmInput {
  readonly kind: IntentRef['kind']
  readonly group?: GroupParts | undefined
  readonly clientSecret?: string | undefined
  readonly confirmParams?: ConfirmParams | undefined
  readonly redirect?: 'always' | 'if_required' | undefined
}

/** The client secret of an intent of the right kind; anything else is the page's mistake. */
export const requireRef = (kind: IntentRef['kind'], clientSecret: string | undefined): IntentRef => {
  const ref = refOf(clientSecret ?? '')
  if (ref?.kind === kind) return ref
  throw new IntegrationError(`A client secret of a ${kind} is needed here.`)
}

/** The details that the host adds; what the form asked for goes first. */
export const withDetails = (method: CardMethod, details: CardMethod['billing_details'] = {}): CardMethod => ({
  ...method,
  billing_details: {
    ...details,
    ...method.billing_details,
    address: { ...details.address, ...method.billing_details.address },
  },
})

const collectedPart = (params: ConfirmParams, collected: Paid | undefined): Confirmation => {
  if (!collected) return {}
  if ('paymentMethodId' in collected) return collected
  return { method: withDetails(collected.method, params.payment_method_data?.billing_details) }
}

type Paid = Exclude<Collected, { readonly error: StripeError }>

const confirmationOf = (params: ConfirmParams, collected: Paid | undefined): Confirmation => ({
  ...collectedPart(params, collected),
  ...(typeof params.payment_method === 'string' ? { paymentMethodId: params.payment_method } : {}),
  ...(params.confirmation_token === undefined ? {} : { confirmationTokenId: params.confirmation_token }),
  ...(params.return_url === undefined ? {} : { returnUrl: params.return_url }),
})

const findMismatch = async (
  ref: IntentRef,
  group: GroupParts,
  around: Surroundings,
): Promise<StripeError | undefined> => {
  const { value, error } = await around.backend.retrieveIntent(ref)
  return value ? mismatchOf(group.options(), value) : error
}

/** Confirms with the card of the form, follows what the bank asks, and ends at the return URL unless told otherwise. */
export const confirmIntent = async (input: ConfirmInput, around: Surroundings): Promise<Answer<Intent>> => {
  const { kind, group, confirmParams = {}, redirect = 'always' } = input
  const returnUrl = confirmParams.return_url
  checkRedirect({ redirect, returnUrl })
  const ref = requireRef(kind, input.clientSecret ?? group?.options().clientSecret)
  const collected = group?.collect()
  if (collected && 'error' in collected) return collected
  const mismatch = group && (await findMismatch(ref, group, around))
  if (mismatch) return { error: mismatch }

  const confirmed = await around.backend.confirmIntent(ref, confirmationOf(confirmParams, collected))
  const outcome = confirmed.error ? confirmed : await followAction(ref, confirmed.value, around)
  group?.settle(outcome.error)
  if (outcome.error || redirect === 'if_required' || returnUrl === undefined) return outcome
  return leave(around.navigate, returnUrlOf(returnUrl, outcome.value))
}
