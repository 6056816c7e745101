import type { StripeCheckoutContact, StripeError } from '@stripe/stripe-js'
import { type Answer, type PagePayment, type PaymentPage, refOf } from '../backend.ts'
import { followAction, leave, type Surroundings } from '../confirm/follow-action.ts'
import type { ExpressParts } from '../element/express-element.ts'
import type { Collected, PaymentElementParts } from '../element/payment-element.ts'
import { IntegrationError } from '../integration-error.ts'
import type { PageState, Result } from './page-state.ts'

export interface ConfirmArguments {
  readonly returnUrl?: string
  readonly redirect?: 'always' | 'if_required'
  readonly paymentMethod?: string
  readonly savePaymentMethod?: boolean
  readonly email?: string
  readonly phoneNumber?: string
  readonly billingAddress?: StripeCheckoutContact
  readonly shippingAddress?: StripeCheckoutContact
  readonly expressCheckoutConfirmEvent?: unknown
}

export interface ConfirmPageInput {
  readonly state: PageState
  readonly around: Surroundings
  readonly payment: () => PaymentElementParts | undefined
  readonly express: () => ExpressParts | undefined
}

const collect = (given: ConfirmArguments, { state, payment, express }: ConfirmPageInput): Collected | undefined => {
  if (given.paymentMethod !== undefined) return { paymentMethodId: given.paymentMethod }
  const wallet = given.expressCheckoutConfirmEvent ? express()?.card() : undefined
  if (wallet) return { method: wallet }
  if (!state.page().needs_method) return undefined
  const form = payment()
  if (form) return form.collect()
  throw new IntegrationError(
    'confirm() needs a Payment Element, a payment method, or the event of an express checkout.',
  )
}

const toldBy = ({ email, phoneNumber, billingAddress, shippingAddress }: ConfirmArguments): PagePayment => ({
  ...(email === undefined ? {} : { email }),
  ...(phoneNumber === undefined ? {} : { phone_number: phoneNumber }),
  ...(billingAddress ? { billing_address: billingAddress } : {}),
  ...(shippingAddress ? { shipping_address: shippingAddress } : {}),
})

/** What the page says goes before the tick of the form. */
const savingBy = ({ savePaymentMethod }: ConfirmArguments, form: PaymentElementParts | undefined): PagePayment => {
  const saves = savePaymentMethod ?? form?.saves()
  return saves === undefined ? {} : { savePaymentMethod: saves }
}

/** The bank's question, asked over the page; afterwards the session says how it ended. */
const askBank = async ({ state, around }: ConfirmPageInput, secret: string): Promise<Answer<PaymentPage>> => {
  const ref = refOf(secret)
  const { value: intent, error } = ref ? await around.backend.retrieveIntent(ref) : {}
  if (!ref || !intent) return { error: error ?? { type: 'api_error', message: 'There is nothing to ask.' } }
  const outcome = await followAction(ref, intent, around)
  const now = await state.refresh()
  return outcome.error ? { error: outcome.error } : now
}

const failureOf = ({ type, code, decline_code, message = '' }: StripeError): object => {
  const isPaymentFailure = type === 'card_error' || code?.endsWith('_authentication_failure') === true
  if (!isPaymentFailure) return { message, code: null }
  return { message, code: 'paymentFailed', paymentFailed: { declineCode: decline_code ?? null } }
}

const backUrl = (given: ConfirmArguments, page: PaymentPage): string | undefined =>
  given.returnUrl ?? page.return_url ?? undefined

const checkReturn = (given: ConfirmArguments, page: PaymentPage): void => {
  if (given.redirect === 'if_required' || backUrl(given, page) !== undefined) return
  throw new IntegrationError(
    'confirm(): a `returnUrl` is required unless `redirect` is "if_required" or the session has a return_url.',
  )
}

/** Pays the session with what the page has, follows what the bank asks, and leaves for the return URL. */
export const confirmPage = async (input: ConfirmPageInput, given: ConfirmArguments = {}): Promise<Result<object>> => {
  const { state, around, express } = input
  checkReturn(given, state.page())
  const collected = collect(given, input)
  if (collected && 'error' in collected) {
    return { type: 'error', error: { message: collected.error.message ?? '', code: null } }
  }
  const paid = state.take(
    await around.backend.payPage(state.ref(), {
      ...toldBy(given),
      ...savingBy(given, input.payment()),
      ...collected,
    }),
  )
  const asked = paid.value?.asked_intent
  const { value, error } = asked ? await askBank(input, asked) : paid
  express()?.settle(error)
  if (error) {
    if (!asked) await state.refresh()
    return { type: 'error', error: failureOf(error) }
  }
  const url = backUrl(given, value)
  if (given.redirect !== 'if_required' && url !== undefined) return leave(around.navigate, url)
  return { type: 'success', session: state.session() }
}
