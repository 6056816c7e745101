import { divisorOf } from '../../browser/format-amount.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import { hasToldEnough } from '../../flows/checkout/hear-buyer.ts'
import { savedMethods } from '../../flows/checkout/saved-methods.ts'
import type { World } from '../../world.ts'
import { discountAmounts, isInclusive, shown, total } from './amounts.ts'
import { shownLines } from './lines.ts'
import { shownRecurring } from './recurring.ts'

const optionOf = (world: World, rate: string) => {
  const { id, display_name, delivery_estimate, fixed_amount } = world.need('shipping_rate', rate)
  const { amount, currency } = fixed_amount
  return { ...shown(amount, currency), id, currency, displayName: display_name, deliveryEstimate: delivery_estimate }
}

const deliveryOf = (world: World, { shipping_cost, shipping_options, $told }: CheckoutSession) => ({
  shipping: shipping_cost?.shipping_rate
    ? { shippingOption: optionOf(world, shipping_cost.shipping_rate), taxAmounts: null }
    : null,
  shippingAddress: $told?.shipping ?? null,
  shippingOptions: shipping_options.map(({ shipping_rate }) => optionOf(world, shipping_rate)),
})

const totalsOf = ({ $items: items, currency, amount_total, shipping_cost }: CheckoutSession) => {
  const amount = (minor: number) => shown(minor, currency ?? 'usd')
  const taxed = (inclusive: boolean) =>
    total(
      items.filter((item) => isInclusive(item) === inclusive),
      'amount_tax',
    )
  return {
    appliedBalance: amount(0),
    balanceAppliedToNextInvoice: false,
    discount: amount(total(items, 'amount_discount')),
    shippingRate: amount(shipping_cost?.amount_subtotal ?? 0),
    subtotal: amount(total(items, 'amount_subtotal')),
    surcharge: amount(0),
    taxExclusive: amount(taxed(false) + (shipping_cost?.amount_tax ?? 0)),
    taxInclusive: amount(taxed(true)),
    total: amount(amount_total ?? 0),
  }
}

const taxStatusOf = (session: CheckoutSession) => {
  if (session.automatic_tax.status !== 'requires_location_inputs') return { status: 'ready' }
  return { status: session.shipping_address_collection ? 'requires_shipping_address' : 'requires_billing_address' }
}

const statusOf = ({ status, payment_status }: CheckoutSession) =>
  status === 'complete' ? { type: status, paymentStatus: payment_status } : { type: status }

const savedOf = ({ id, billing_details, card }: PaymentMethod) => ({
  id,
  type: 'card',
  card: { brand: card.brand, expMonth: card.exp_month, expYear: card.exp_year, last4: card.last4 },
  billingDetails: billing_details,
})

const buyerOf = (session: CheckoutSession) => {
  const { billing, businessName = null, email, individualName = null, phone, taxId } = session.$told ?? {}
  return {
    billingAddress: billing ?? null,
    businessName,
    email: email ?? session.customer_details?.email ?? null,
    nameCollection: session.name_collection ? { individualName, businessName } : null,
    phoneNumber: phone ?? null,
    taxIdInfo: taxId ? { taxId, businessName: businessName ?? '' } : null,
  }
}

const lastError = (world: World, { status, $attempt }: CheckoutSession) => {
  const intent = $attempt?.intent ?? ''
  const error =
    world.store.get('payment_intent', intent)?.last_payment_error ??
    world.store.get('setup_intent', intent)?.last_setup_error
  return status === 'open' && error ? { message: error.message } : null
}

/** A session as Stripe.js shows it to the page that pays it: `StripeCheckoutSession` of its types. */
export const sessionView = (world: World, session: CheckoutSession) => {
  const buyer = buyerOf(session)
  const isKnown = session.mode === 'setup' || buyer.email !== null
  const saved = savedMethods(world, session)
  return {
    id: session.id,
    livemode: false,
    ...buyer,
    canConfirm: session.status === 'open' && isKnown && hasToldEnough(session),
    currency: session.currency ?? 'usd',
    currencyOptions: null,
    discountAmounts: discountAmounts(world, session, total(session.$items, 'amount_discount')),
    lastPaymentError: lastError(world, session),
    lineItems: shownLines(world, session),
    minorUnitsAmountDivisor: divisorOf(session.currency ?? 'usd'),
    optionalItems: null,
    recurring: shownRecurring(world, session),
    savedPaymentMethods: saved.length === 0 ? null : saved.map(savedOf),
    ...deliveryOf(world, session),
    status: statusOf(session),
    surcharge: null,
    tax: taxStatusOf(session),
    taxAmounts: null,
    total: totalsOf(session),
  }
}
