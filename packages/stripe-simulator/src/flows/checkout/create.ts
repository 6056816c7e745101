import { isPayable } from '../../domain/currency.ts'
import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { Coupon } from '../../domain/objects/catalog.ts'
import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import type { MethodType } from '../../domain/offered-methods.ts'
import type { World } from '../../world.ts'
import { refuseForeign } from '../discounts.ts'
import { methodTypes } from '../payments/method-types.ts'
import { sessionAnchor, untilAnchor } from './anchor.ts'
import { asksOf } from './asks.ts'
import { invoiceCreation } from './invoice-creation.ts'
import { discountItems, duringTrial, sessionItems, sessionTotals } from './lines.ts'
import { refuseSmall } from './reprice.ts'
import { checkSession } from './rules.ts'
import type { SessionInput } from './session-input.ts'
import { shippingCost, shippingOptions } from './shipping.ts'
import { taxItems, taxShipping, taxStatus } from './tax.ts'
import { checkSessionTerms } from './terms.ts'
import { startsWithTrial } from './trial.ts'
import { shownBy } from './ui-mode.ts'

interface NamedDiscount {
  readonly coupon: string | null
  readonly promotion_code: string | null
}

const discountOf = (world: World, input: SessionInput): NamedDiscount | undefined => {
  const [given] = input.discounts ?? []
  if (!given) return undefined
  if (given.promotion_code !== undefined) {
    const code = world.need('promotion_code', given.promotion_code, { param: 'discounts[0][promotion_code]' })
    return { coupon: code.promotion.coupon, promotion_code: code.id }
  }
  return {
    coupon: world.need('coupon', given.coupon ?? '', { param: 'discounts[0][coupon]' }).id,
    promotion_code: null,
  }
}

/** What a customer chooses to pay is not discounted. */
const refuseChosenDiscount = (input: SessionInput, items: readonly CheckoutItem[]): void => {
  const discounted = input.discounts !== undefined || input.allow_promotion_codes === true
  if (!discounted || items.every((item) => item.price.custom_unit_amount === null)) return
  throw invalidRequest('A price with `custom_unit_amount` cannot be discounted.', {
    param: input.discounts === undefined ? 'allow_promotion_codes' : 'discounts',
  })
}

const itemsOf = (world: World, input: SessionInput, mode: CheckoutSession['mode']): CheckoutItem[] => {
  if (mode === 'setup') return []
  const items = sessionItems(world, { mode, currency: input.currency }, input.line_items ?? [])
  refuseChosenDiscount(input, items)
  return startsWithTrial(world, { mode, ...remembered(input) }) ? duringTrial(items) : items
}

const refuseUnpayable = (items: readonly CheckoutItem[]): void => {
  const [first] = items
  const total = items.reduce((sum, item) => sum + item.amount_total, 0)
  if (!first || isPayable(total, first.currency)) return
  throw invalidRequest(`The last digits of the total in ${first.currency} must be zero.`, { param: 'line_items' })
}

const emptyDetails = {
  address: null,
  business_name: null,
  email: null,
  individual_name: null,
  name: null,
  phone: null,
  tax_exempt: 'none',
  tax_ids: null,
}

const buyerOf = (world: World, input: SessionInput, mode: CheckoutSession['mode']): Partial<CheckoutSession> => {
  const customer =
    input.customer === undefined ? undefined : world.need('customer', input.customer, { param: 'customer' })
  const email = input.customer_email ?? customer?.email ?? null
  return {
    customer: customer?.id ?? null,
    customer_creation: mode === 'subscription' || customer ? null : (input.customer_creation ?? 'if_required'),
    customer_details: email === null ? null : { ...emptyDetails, email, name: customer?.name ?? null },
    customer_email: input.customer_email ?? null,
  }
}

const couponOf = (world: World, discount: NamedDiscount | undefined): Coupon | undefined =>
  discount?.coupon == null ? undefined : world.need('coupon', discount.coupon)

const passedOn = [
  'allow_promotion_codes',
  'billing_address_collection',
  'client_reference_id',
  'locale',
  'submit_type',
] as const

const given = (input: SessionInput): Partial<CheckoutSession> =>
  Object.fromEntries(passedOn.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]))

const remembered = (input: SessionInput): Partial<CheckoutSession> => ({
  ...(input.subscription_data ? { $subscriptionData: input.subscription_data } : {}),
  ...(input.payment_intent_data ? { $paymentIntentData: input.payment_intent_data } : {}),
  ...(input.setup_intent_data ? { $setupIntentData: input.setup_intent_data } : {}),
  ...(input.customer_update ? { $customerUpdate: input.customer_update } : {}),
})

const optionsOf = (types: readonly MethodType[], input: SessionInput): Record<string, object> => {
  const options: Readonly<Record<MethodType, object>> = {
    card: { request_three_d_secure: 'automatic', ...input.payment_method_options?.card },
    sepa_debit: {},
    us_bank_account: { verification_method: 'instant' },
  }
  return Object.fromEntries(types.map((type) => [type, options[type]]))
}

const payingBy = (
  world: World,
  input: SessionInput,
  currency: CheckoutSession['currency'],
): Partial<CheckoutSession> => {
  const { capture_method } = input.payment_intent_data ?? {}
  const offered = methodTypes(world, { ...input, capture_method, currency }, 'Checkout Session')
  return {
    payment_method_collection: input.mode === 'payment' ? 'if_required' : (input.payment_method_collection ?? 'always'),
    payment_method_options: optionsOf(offered.payment_method_types, input),
    ...offered,
    payment_status: input.mode === 'setup' ? 'no_payment_required' : 'unpaid',
  }
}

const taxingOf = (input: SessionInput, buyer: Partial<CheckoutSession>) => ({
  automatic_tax: { enabled: input.automatic_tax?.enabled === true, liability: null, provider: null, status: null },
  customer: buyer.customer ?? null,
  customer_details: null,
  ...(input.customer_update ? { $customerUpdate: input.customer_update } : {}),
})

const deliveryOf = (world: World, input: SessionInput, taxing: Taxing): Partial<CheckoutSession> => {
  const options = shippingOptions(world, input.shipping_options ?? [], taxing.currency)
  const [first] = options
  return { shipping_options: options, shipping_cost: taxShipping(world, taxing, first ? shippingCost(first) : null) }
}

const discountedBy = (coupon: Coupon | undefined, items: readonly CheckoutItem[]): CheckoutItem[] => {
  if (coupon && items[0]) refuseForeign(coupon, items[0].currency)
  return discountItems(items, coupon)
}

type Taxing = ReturnType<typeof taxingOf> & { readonly currency: string | null }

const noTotals = { amount_subtotal: null, amount_total: null, $items: [] }

/** A session to send a customer to. Nothing is charged, and nothing else is made, before they pay. */
export const createSession = (world: World, input: SessionInput): CheckoutSession => {
  if (input.mode === undefined) throw missingParam('mode')
  const { mode } = input
  checkSession(world, input)
  const id = world.ids.next('checkout.session')
  const discount = discountOf(world, input)
  const buyer = buyerOf(world, input, mode)
  const full = itemsOf(world, input, mode)
  const anchor = sessionAnchor(world, input.subscription_data, full)
  const discounted = discountedBy(couponOf(world, discount), untilAnchor(world, full, anchor))
  const taxing = taxingOf(input, buyer)
  const items = taxItems(world, taxing, discounted)
  refuseSmall(mode, items)
  refuseUnpayable(items)
  const currency = items[0]?.currency ?? input.currency?.toLowerCase() ?? null
  const delivery = deliveryOf(world, input, { ...taxing, currency })
  const totals = mode === 'setup' ? noTotals : sessionTotals(items, delivery.shipping_cost ?? null)
  checkSessionTerms(world, input, totals.amount_total ?? 0)
  return world.insert('checkout.session', {
    id,
    automatic_tax: taxStatus(world, taxing),
    currency,
    discounts: discount ? [discount] : [],
    expires_at: input.expires_at ?? world.now() + 86_400,
    invoice_creation: mode === 'payment' ? invoiceCreation(input.invoice_creation) : null,
    metadata: mergeMetadata({}, input.metadata),
    mode,
    status: 'open',
    ...(input.tax_id_collection ? { tax_id_collection: { required: 'never', ...input.tax_id_collection } } : {}),
    ...given(input),
    ...shownBy(world, id, input),
    ...asksOf(world, input),
    ...delivery,
    ...payingBy(world, input, currency),
    ...buyer,
    ...totals,
    ...remembered(input),
    ...(anchor ? { $anchor: anchor } : {}),
  })
}
