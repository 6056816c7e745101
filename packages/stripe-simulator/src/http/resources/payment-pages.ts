import { contactOf, type GivenContact, wholeAddress } from '../../domain/address.ts'
import { invalidRequest, StripeFailure } from '../../domain/failure.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import { changeSession } from '../../flows/checkout/change-session.ts'
import { payCheckoutSession } from '../../flows/checkout/pay.ts'
import { applyPromotionCode, removePromotionCode } from '../../flows/checkout/promotion.ts'
import type { MethodFields } from '../../flows/payments/payment-methods.ts'
import type { CardInput, CheckoutChange, CheckoutPayment } from '../../simulator-core.ts'
import { paymentPage } from '../payment-page/payment-page.ts'
import { type Answer, type Call, idOf, type Routes, route } from '../route.ts'

/** A browser knows a session by its secret only. */
const needSession = (call: Call): CheckoutSession => {
  const session = call.world.need('checkout.session', idOf(call), { status: 404, param: 'session' })
  if (session.client_secret !== null && session.client_secret === call.input.client_secret) return session
  throw invalidRequest('The client_secret provided does not match this Checkout Session.', { param: 'client_secret' })
}

const pageOf = (call: Call): Answer => paymentPage(call.world, needSession(call))

interface Change {
  readonly billing_address?: Partial<GivenContact> | ''
  readonly business_name?: string
  readonly email?: string
  readonly individual_name?: string
  readonly line_item?: { readonly id: string; readonly quantity: number }
  readonly phone_number?: string
  readonly promotion_code?: string
  readonly shipping_address?: GivenContact | ''
  readonly shipping_rate?: string
  readonly tax_id?: { readonly type: string; readonly value: string } | ''
}

/** An empty value takes back what was said. */
const renamed: Readonly<Record<string, keyof CheckoutChange>> = {
  business_name: 'businessName',
  email: 'email',
  individual_name: 'individualName',
  phone_number: 'phone',
}

const textsOf = (input: Change): CheckoutChange => {
  const given = Object.entries(input).filter(([name]) => name in renamed)
  return Object.fromEntries(given.map(([name, value]) => [renamed[name], value === '' ? null : value]))
}

const billedTo = ({ name = '', address = {} }: Partial<GivenContact>) => ({
  name: name === '' ? null : name,
  address: wholeAddress(address),
})

const placesOf = ({ billing_address: billing, shipping_address: shipping }: Change): CheckoutChange => ({
  ...(billing === undefined ? {} : { billing: billing === '' ? null : billedTo(billing) }),
  ...(shipping === undefined ? {} : { shipping: shipping === '' ? null : contactOf(shipping) }),
})

const changeOf = (input: Change): CheckoutChange => ({
  ...textsOf(input),
  ...placesOf(input),
  ...(input.line_item ? { line: input.line_item } : {}),
  ...(input.shipping_rate === undefined ? {} : { shippingRateId: input.shipping_rate }),
  ...(input.tax_id === undefined ? {} : { taxId: input.tax_id === '' ? null : input.tax_id }),
})

const discount = (call: Call, { promotion_code: code }: Change): void => {
  if (code === undefined) return
  if (code === '') removePromotionCode(call.world, needSession(call))
  else {
    const outcome = applyPromotionCode(call.world, needSession(call), code)
    if (outcome.status === 'applied') return
    throw invalidRequest(outcome.message, { code: 'promotion_code_invalid', param: 'promotion_code' })
  }
}

const refuseKnownEmail = (session: CheckoutSession, { email }: Change): void => {
  if (email === undefined || !session.customer_details?.email) return
  throw invalidRequest('The email of this Checkout Session is set by the server and cannot be changed.', {
    code: 'email_invalid',
    param: 'email',
  })
}

const change = (call: Call, input: Change): Answer => {
  const session = needSession(call)
  refuseKnownEmail(session, input)
  changeSession(call.world, session, changeOf(input))
  discount(call, input)
  return pageOf(call)
}

interface Confirmation extends Change {
  readonly payment_method?: string
  readonly payment_method_data?: MethodFields
  readonly save_payment_method?: boolean
}

const cardOf = ({ card = {}, billing_details }: MethodFields): CardInput => {
  const { country, postal_code } = billing_details?.address ?? {}
  return {
    number: card.number ?? '',
    expMonth: card.exp_month ?? 0,
    expYear: card.exp_year ?? 0,
    cvc: card.cvc ?? '',
    ...(country ? { country } : {}),
    ...(postal_code ? { postalCode: postal_code } : {}),
    ...(billing_details?.name ? { name: billing_details.name } : {}),
  }
}

const paymentOf = ({ payment_method, payment_method_data, save_payment_method }: Confirmation): CheckoutPayment => ({
  ...(payment_method === undefined ? {} : { paymentMethodId: payment_method }),
  ...(payment_method_data ? { card: cardOf(payment_method_data) } : {}),
  ...(save_payment_method === true ? { savePaymentMethod: true } : {}),
})

const confirm = (call: Call, input: Confirmation): Answer => {
  change(call, input)
  const outcome = payCheckoutSession(call.world, idOf(call), paymentOf(input))
  if (outcome.status !== 'declined') return pageOf(call)
  const { code, declineCode, message } = outcome
  const reason = declineCode === undefined ? {} : { decline_code: declineCode }
  throw new StripeFailure(402, { type: 'card_error', code, message, ...reason })
}

const changed = [
  'billing_address',
  'business_name',
  'client_secret',
  'email',
  'individual_name',
  'line_item',
  'phone_number',
  'promotion_code',
  'shipping_address',
  'shipping_rate',
  'tax_id',
] as const

/** What Stripe.js asks for a session that is paid in a page. Stripe documents none of it: these are the simulator's own. */
export const paymentPageRoutes: Routes = {
  'GET /v1/payment_pages/{id}': route(['client_secret'], pageOf),
  'POST /v1/payment_pages/{id}': route<Change>(changed, change),
  'POST /v1/payment_pages/{id}/confirm': route<Confirmation>(
    [...changed, 'payment_method', 'payment_method_data', 'save_payment_method'],
    confirm,
  ),
}
