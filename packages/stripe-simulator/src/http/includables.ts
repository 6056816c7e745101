import type { PortalConfiguration } from '../domain/objects/account.ts'
import type { StripeObject } from '../domain/objects/base.ts'
import type { Coupon, Price } from '../domain/objects/catalog.ts'
import type { CheckoutSession } from '../domain/objects/checkout.ts'
import type { Customer } from '../domain/objects/customer.ts'
import type { PaymentIntent } from '../domain/objects/payment.ts'
import { render } from '../domain/render.ts'
import { cashBalanceOf } from '../flows/cash-balance.ts'
import { defaultPayment } from '../flows/invoices/payments.ts'
import { taxIdsOf } from '../flows/tax/tax-ids.ts'
import type { World } from '../world.ts'
import { listOf } from './list.ts'

type Include = (world: World, object: StripeObject) => unknown

const amountLineItems: Include = (_world, object) =>
  listOf((object as PaymentIntent).$lineItems ?? [], `/v1/payment_intents/${object.id}/amount_details_line_items`)

const lineItems: Include = (_world, object) =>
  listOf((object as CheckoutSession).$items, `/v1/checkout/sessions/${object.id}/line_items`)

const payments: Include = (world, object) => {
  const found = world.store.all('invoice_payment').filter((payment) => payment.invoice === object.id)
  return listOf(found.reverse().map(render), '/v1/invoice_payments')
}

const confirmationSecret: Include = (world, object) => {
  const payment = defaultPayment(world, object.id)
  if (!payment) return null
  const intent = world.need('payment_intent', payment.payment.payment_intent)
  return { client_secret: intent.client_secret, type: 'payment_intent' }
}

const subscriptions: Include = (world, object) => {
  const found = world.store.all('subscription').filter((each) => each.customer === object.id && !each.ended_at)
  return listOf(found.reverse().map(render), `/v1/customers/${object.id}/subscriptions`)
}

const refunds: Include = (world, object) => {
  const found = world.store.all('refund').filter((refund) => refund.charge === object.id)
  return listOf(found.reverse().map(render), `/v1/charges/${object.id}/refunds`)
}

const currencyOptions: Include = (_world, object) => {
  const price = object as Price
  const { custom_unit_amount, tax_behavior, unit_amount, unit_amount_decimal, $tiers } = price
  const own = {
    custom_unit_amount,
    tax_behavior,
    unit_amount,
    unit_amount_decimal,
    ...($tiers ? { tiers: $tiers } : {}),
  }
  return { [price.currency]: own, ...price.$currencyOptions }
}

const tiers: Include = (_world, object) => (object as Price).$tiers

const switchable: Include = (_world, object) => (object as PortalConfiguration).$products ?? []

const appliesTo: Include = (_world, object) => {
  const products = (object as Coupon).$products
  return products ? { products } : undefined
}

const couponCurrencies: Include = (_world, object) => {
  const { amount_off, currency, $currencyOptions } = object as Coupon
  return amount_off === null || currency === null ? undefined : { [currency]: { amount_off }, ...$currencyOptions }
}

const taxIds: Include = (world, object) =>
  listOf(taxIdsOf(world, object.id).reverse().map(render), `/v1/customers/${object.id}/tax_ids`)

/** Here Stripe counts the other way round: what the customer has is positive. */
const creditBalance: Include = (_world, object) => {
  const balances = Object.entries((object as Customer).$balances ?? {})
  return Object.fromEntries(balances.map(([currency, balance]) => [currency, 0 - balance]))
}

const empty =
  (path: string): Include =>
  (_world, object) =>
    listOf([], `/v1/customers/${object.id}/${path}`)

/** What Stripe leaves out of an object unless it is expanded. */
export const includables: Readonly<Record<string, Readonly<Record<string, Include>>>> = {
  'billing_portal.configuration': { 'features.subscription_update.products': switchable },
  charge: { refunds },
  'checkout.session': { line_items: lineItems },
  coupon: { applies_to: appliesTo, currency_options: couponCurrencies },
  customer: {
    subscriptions,
    sources: empty('sources'),
    tax_ids: taxIds,
    cash_balance: (_world, object) => cashBalanceOf(object as Customer),
    invoice_credit_balance: creditBalance,
  },
  invoice: { payments, confirmation_secret: confirmationSecret },
  payment_intent: { 'amount_details.line_items': amountLineItems },
  price: { currency_options: currencyOptions, tiers },
}
