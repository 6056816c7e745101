import { creditNote, creditNoteLine, invoice, invoiceItem, lineItem } from './acacia-invoice.ts'
import { type Backport, found, isJson, type Json, type Links, valueAt, without } from './json.ts'

const only =
  (...names: readonly string[]): Backport =>
  (object) =>
    without(object, names)

const itemsOf = (subscription: Json): readonly Json[] => {
  const items = valueAt(subscription, 'items.data')
  return Array.isArray(items) ? items.filter(isJson) : []
}

const newInSubscriptions = [
  'billing_mode',
  'billing_schedules',
  'customer_account',
  'managed_payments',
  'presentment_details',
  'status_details',
]

/** All items of a subscription share one period, which is the subscription's. */
const subscription: Backport = (object, links) => {
  const [item] = itemsOf(object)
  const [discount] = Array.isArray(object.discounts) ? object.discounts : []
  return {
    ...without(object, newInSubscriptions),
    current_period_end: item?.current_period_end ?? null,
    current_period_start: item?.current_period_start ?? null,
    discount: found(links, discount),
  }
}

const newInIntents = [
  'allowed_payment_method_types',
  'customer_account',
  'excluded_payment_method_types',
  'hooks',
  'managed_payments',
  'payment_details',
  'payment_record',
  'presentment_details',
]

const paymentIntent: Backport = (intent, links) => ({
  ...without(intent, newInIntents),
  invoice: links.invoiceOf(String(intent.id)),
})

const charge: Backport = (object, links) => ({
  ...without(object, ['presentment_details']),
  invoice: typeof object.payment_intent === 'string' ? links.invoiceOf(object.payment_intent) : null,
})

const couponFrom =
  (path: string, ...names: readonly string[]): Backport =>
  (object, links) =>
    valueAt(object, path) === undefined
      ? object
      : { ...without(object, names), coupon: found(links, valueAt(object, path)) }

const uiModes: Readonly<Record<string, string>> = {
  elements: 'custom',
  embedded_page: 'embedded',
  hosted_page: 'hosted',
}

const newInSessions = [
  'allowed_payment_method_types',
  'branding_settings',
  'customer_account',
  'excluded_payment_method_types',
  'integration_identifier',
  'managed_payments',
  'name_collection',
  'optional_items',
  'origin_context',
  'permissions',
  'presentment_details',
  'wallet_options',
]

const session: Backport = (object) => ({
  ...without(object, newInSessions),
  shipping_details: valueAt(object, 'collected_information.shipping_details') ?? null,
  ui_mode: uiModes[String(object.ui_mode)] ?? object.ui_mode,
})

const oldPhase = (phase: unknown): unknown =>
  isJson(phase)
    ? { ...phase, coupon: valueAt(Array.isArray(phase.discounts) ? phase.discounts[0] : undefined, 'coupon') ?? null }
    : phase

const schedule: Backport = (object) => ({
  ...without(object, ['billing_mode', 'customer_account', 'pause_schedules']),
  phases: Array.isArray(object.phases) ? object.phases.map(oldPhase) : object.phases,
})

/** What an object of each kind looked like in 2025-02-24.acacia, before basil moved things. */
const backports: Readonly<Record<string, Backport>> = {
  'billing_portal.configuration': only('name'),
  'billing_portal.session': only('after_expiration', 'customer_account'),
  charge,
  'checkout.session': session,
  credit_note: creditNote,
  credit_note_line_item: creditNoteLine,
  customer: only('business_name', 'customer_account', 'individual_name'),
  discount: couponFrom('source.coupon', 'customer_account', 'source'),
  dispute: only('intended_submission_method'),
  invoice,
  invoiceitem: invoiceItem,
  line_item: lineItem,
  payment_intent: paymentIntent,
  payment_method: only('customer_account'),
  plan: (plan) => ({ ...plan, aggregate_usage: null }),
  product: only('tax_details'),
  promotion_code: couponFrom('promotion.coupon', 'customer_account', 'promotion'),
  refund: only('customer', 'customer_account', 'payment_method', 'pending_reason', 'presentment_details'),
  setup_intent: only(
    'allowed_payment_method_types',
    'customer_account',
    'excluded_payment_method_types',
    'managed_payments',
  ),
  subscription,
  subscription_item: only('billed_until', 'current_period_end', 'current_period_start', 'current_trial'),
  subscription_schedule: schedule,
  tax_id: only('customer_account'),
}

const inside = (links: Links, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each) => inside(links, each))
  return isJson(value) ? toAcacia(value, links) : value
}

/** An object of today, and all that is in it, as 2025-02-24.acacia shows it. */
export const toAcacia: Backport = (object, links) => {
  const backport = backports[String(object.object)]
  const old = backport ? backport(object, links) : object
  return Object.fromEntries(Object.entries(old).map(([name, value]) => [name, inside(links, value)]))
}

/** Events that came with basil. */
export const newerThanAcacia: ReadonlySet<string> = new Set([
  'invoice.overpaid',
  'invoice.payment_attempt_required',
  'invoice_payment.paid',
])
