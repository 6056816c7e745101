import type { Stripe } from 'stripe'
import type { PlanItem } from '../domain/catalog.ts'
import type { CheckoutSnapshot } from '../domain/checkout.ts'
import { BillingError } from '../domain/errors.ts'
import type { CheckoutInput } from '../domain/provider-call.ts'
import type { StripeApi } from './client.ts'
import { isMissing, isTooLate, nullWhen } from './errors.ts'
import { toMetadata } from './metadata.ts'
import type { PriceBook } from './prices.ts'
import { toCheckout } from './snapshots.ts'

type Params = Stripe.Checkout.SessionCreateParams
type Order<Kind> = Extract<CheckoutInput['order'], { kind: Kind }>

export const createCheckoutSession = async (
  api: StripeApi,
  prices: PriceBook,
  input: CheckoutInput,
): Promise<CheckoutSnapshot> => {
  const { order } = input
  const sold = order.kind === 'subscription' ? await sellPlan(prices, input, order) : sellPack(input, order)
  const params: Params = { ...(await sharedParams(api, input)), ...sold }
  if (order.kind === 'subscription') await labelInvoices(api, input)
  const session = await api.ask('open the checkout', (client) =>
    client.checkout.sessions.create(params, { idempotencyKey: `checkout:${input.attemptId}` }),
  )
  return toCheckout(session)
}

const sharedParams = async (api: StripeApi, input: CheckoutInput): Promise<Params> => ({
  ui_mode: 'hosted_page',
  customer: input.providerCustomerId,
  client_reference_id: input.attemptId,
  success_url: input.successUrl,
  cancel_url: input.cancelUrl,
  billing_address_collection: 'auto',
  customer_update: { address: 'auto', name: 'auto' },
  metadata: toMetadata(input.labels),
  ...(api.settings.tax ? { automatic_tax: { enabled: true } } : {}),
  ...(api.settings.taxIdCollection ? { tax_id_collection: { enabled: true } } : {}),
  ...(await discountParams(api, input.promotionCode)),
})

/** A code that is given is applied; otherwise the buyer may type one. Stripe takes only one of the two. */
const discountParams = async (api: StripeApi, code: string | null): Promise<Params> => {
  if (code === null) return api.settings.promotionCodes ? { allow_promotion_codes: true } : {}
  const found = await api.ask('look the promotion code up', (client) =>
    client.promotionCodes.list({ code, active: true, limit: 1 }),
  )
  const [promotionCode] = api.settings.promotionCodes ? found.data : []
  if (!promotionCode) {
    throw new BillingError('promotion_code_invalid', 'This promotion code does not exist or is no longer valid.')
  }
  return { discounts: [{ promotion_code: promotionCode.id }] }
}

const sellPlan = async (prices: PriceBook, input: CheckoutInput, order: Order<'subscription'>): Promise<Params> => {
  const ids = await prices.idsOf(order.items)
  return {
    mode: 'subscription',
    line_items: order.items.map((item, index) => ({ price: ids[index] ?? '', ...quantityOf(item, order.quantity) })),
    subscription_data: {
      metadata: toMetadata(input.labels),
      ...(order.trialDays > 0 ? { trial_period_days: order.trialDays } : {}),
    },
  }
}

/** Seats and tiers count; a flat item is bought once; usage is counted later. */
const quantityOf = (item: PlanItem, quantity: number): { quantity?: number } => {
  if (item.kind === 'metered') return {}
  return { quantity: item.kind === 'flat' ? 1 : quantity }
}

const sellPack = (input: CheckoutInput, order: Order<'purchase'>): Params => {
  const { statementDescriptor, invoiceFooter, invoiceFields } = input.labelling
  const invoiced = invoiceFooter !== undefined || invoiceFields !== undefined
  return {
    mode: 'payment',
    line_items: [
      {
        quantity: order.quantity,
        price_data: {
          currency: order.currency,
          unit_amount: order.unitAmountMinor,
          product_data: { name: order.name },
        },
      },
    ],
    payment_intent_data: {
      description: order.name,
      metadata: toMetadata(input.labels),
      ...(statementDescriptor === undefined ? {} : { statement_descriptor_suffix: statementDescriptor }),
    },
    ...(invoiced ? { invoice_creation: { enabled: true, invoice_data: invoiceTexts(input.labelling) } } : {}),
  }
}

const invoiceTexts = ({ invoiceFooter, invoiceFields }: CheckoutInput['labelling']) => ({
  ...(invoiceFooter === undefined ? {} : { footer: invoiceFooter }),
  ...(invoiceFields === undefined ? {} : { custom_fields: [...invoiceFields] }),
})

/** A subscription's invoices take their texts from the customer. */
const labelInvoices = async (api: StripeApi, { labelling, providerCustomerId }: CheckoutInput): Promise<void> => {
  const invoice_settings = invoiceTexts(labelling)
  if (Object.keys(invoice_settings).length === 0) return
  await api.ask('label the invoices', (client) => client.customers.update(providerCustomerId, { invoice_settings }))
}

export const findCheckoutSession = async (api: StripeApi, id: string): Promise<CheckoutSnapshot | null> => {
  const session = await api.ask('look the checkout up', (client) =>
    client.checkout.sessions.retrieve(id).catch(nullWhen(isMissing)),
  )
  return session && toCheckout(session)
}

export const expireCheckoutSession = async (api: StripeApi, id: string): Promise<CheckoutSnapshot> => {
  const session = await api.ask('close the checkout', async (client) => {
    const expired = await client.checkout.sessions.expire(id).catch(nullWhen(isTooLate))
    return expired ?? client.checkout.sessions.retrieve(id)
  })
  return toCheckout(session)
}
