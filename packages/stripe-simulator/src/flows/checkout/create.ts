import { minimumAmount } from '../../domain/currency.ts'
import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { Coupon } from '../../domain/objects/catalog.ts'
import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import type { World } from '../../world.ts'
import { trialEndOf } from '../subscriptions/trial.ts'
import { invoiceCreation } from './invoice-creation.ts'
import { discountItems, duringTrial, sessionItems, sessionTotals } from './lines.ts'
import { checkSession } from './rules.ts'
import type { SessionInput } from './session-input.ts'
import { taxItems, taxStatus } from './tax.ts'
import { checkSessionTerms } from './terms.ts'

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

const itemsOf = (world: World, input: SessionInput, mode: CheckoutSession['mode']): CheckoutItem[] => {
  if (mode === 'setup') return []
  const items = sessionItems(world, mode, input.line_items ?? [])
  const trial = mode === 'subscription' && trialEndOf(world, input.subscription_data ?? {}) !== null
  return trial ? duringTrial(items) : items
}

const refuseSmall = (mode: CheckoutSession['mode'], items: readonly CheckoutItem[]): void => {
  const [first] = items
  const total = items.reduce((sum, item) => sum + item.amount_total, 0)
  if (mode !== 'payment' || !first || total === 0 || total >= minimumAmount(first.currency)) return
  throw invalidRequest(
    "The Checkout Session's total amount due must add up to at least the minimum of its currency, 50 cents in USD.",
    { code: 'amount_too_small' },
  )
}

const hosting = (world: World, id: string, input: SessionInput): Partial<CheckoutSession> => ({
  cancel_url: input.cancel_url ?? null,
  success_url: input.success_url ?? null,
  ui_mode: 'hosted_page',
  url: world.url(`/_simulator/checkout/${id}`),
})

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

const payingBy = (input: SessionInput): Partial<CheckoutSession> => ({
  payment_method_collection: input.mode === 'payment' ? 'if_required' : (input.payment_method_collection ?? 'always'),
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  payment_method_types: ['card'],
  payment_status: input.mode === 'setup' ? 'no_payment_required' : 'unpaid',
})

const taxingOf = (input: SessionInput, buyer: Partial<CheckoutSession>) => ({
  automatic_tax: { enabled: input.automatic_tax?.enabled === true, liability: null, provider: null, status: null },
  customer: buyer.customer ?? null,
  customer_details: null,
  ...(input.customer_update ? { $customerUpdate: input.customer_update } : {}),
})

const noTotals = { amount_subtotal: null, amount_total: null, $items: [] }

/** A session to send a customer to. Nothing is charged, and nothing else is made, before they pay. */
export const createSession = (world: World, input: SessionInput): CheckoutSession => {
  if (input.mode === undefined) throw missingParam('mode')
  const { mode } = input
  checkSession(world, input)
  const id = world.ids.next('checkout.session')
  const discount = discountOf(world, input)
  const buyer = buyerOf(world, input, mode)
  const discounted = discountItems(itemsOf(world, input, mode), couponOf(world, discount))
  const taxing = taxingOf(input, buyer)
  const items = taxItems(world, taxing, discounted)
  refuseSmall(mode, items)
  checkSessionTerms(world, input, sessionTotals(items).amount_total ?? 0)
  return world.insert('checkout.session', {
    id,
    automatic_tax: taxStatus(world, taxing),
    currency: items[0]?.currency ?? input.currency ?? null,
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    discounts: discount ? [discount] : [],
    expires_at: input.expires_at ?? world.now() + 86_400,
    invoice_creation: mode === 'payment' ? invoiceCreation(input.invoice_creation) : null,
    metadata: mergeMetadata({}, input.metadata),
    mode,
    phone_number_collection: { enabled: false },
    status: 'open',
    ...(input.tax_id_collection ? { tax_id_collection: { required: 'never', ...input.tax_id_collection } } : {}),
    ...given(input),
    ...hosting(world, id, input),
    ...payingBy(input),
    ...buyer,
    ...(mode === 'setup' ? noTotals : sessionTotals(items)),
    ...remembered(input),
  })
}
