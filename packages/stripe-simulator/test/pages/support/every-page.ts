import { openCheckout, type Shop, subscribe } from './open-shop.ts'

const everything = async ({ stripe }: Shop, prices: readonly string[]) => {
  const products = await Promise.all(
    prices.map(async (id) => {
      const { product } = await stripe.prices.retrieve(id)
      return { product: String(product), prices: [id], adjustable_quantity: { enabled: true } }
    }),
  )
  return stripe.billingPortal.configurations.create({
    features: {
      customer_update: { enabled: true, allowed_updates: ['address', 'email', 'name', 'phone', 'shipping', 'tax_id'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, cancellation_reason: { enabled: true, options: ['unused', 'other'] } },
      subscription_pause: { enabled: true },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price', 'quantity', 'promotion_code'],
        proration_behavior: 'always_invoice',
        products,
      },
    },
  })
}

const consent = { customer_acceptance: { type: 'offline' as const, offline: {} } }

const pay = ({ stripe, site }: Shop, payment_method: string) =>
  stripe.paymentIntents.create({
    amount: 1500,
    currency: 'usd',
    payment_method,
    mandate_data: consent,
    confirm: true,
    return_url: site,
  })

/** The address of every page that the simulator serves, in an account where each has something to show. */
export const everyPage = async (shop: Shop): Promise<Record<string, string>> => {
  const { stripe, prices, simulator } = shop
  const plan = await openCheckout(shop, prices.growth, { allow_promotion_codes: true })
  const pack = await openCheckout(shop, prices.pack, {
    mode: 'payment',
    customer_creation: 'always',
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
  })
  const asking = await openCheckout(shop, prices.pack, {
    mode: 'payment',
    line_items: [{ price: prices.pack, quantity: 1, adjustable_quantity: { enabled: true } }],
    phone_number_collection: { enabled: true },
    shipping_address_collection: { allowed_countries: ['US'] },
    shipping_options: [
      { shipping_rate_data: { display_name: 'Post', fixed_amount: { amount: 300, currency: 'usd' } } },
    ],
    optional_items: [{ price: prices.pack, quantity: 1 }],
    custom_fields: [{ key: 'note', label: { type: 'custom', custom: 'Gift note' }, type: 'text' }],
    consent_collection: { promotions: 'auto' },
    custom_text: { submit: { message: 'Sent within two days.' } },
  })
  const ended = await openCheckout(shop, prices.pack, { mode: 'payment' })
  await stripe.checkout.sessions.expire(ended.id)
  const { id: configuration } = await everything(shop, [prices.starter, prices.growth])
  const { id, customer, latest_invoice } = await subscribe(shop, prices.starter)
  const { url } = await stripe.billingPortal.sessions.create({
    customer: String(customer),
    configuration,
    return_url: `${shop.site}/account`,
  })
  const unpaid = await stripe.subscriptions.create({
    customer: String(customer),
    items: [{ price: prices.growth }],
    payment_behavior: 'default_incomplete',
  })
  const challenge = await pay(shop, 'pm_card_authenticationRequired')
  const deposits = await pay(shop, 'pm_usBankAccount_success')
  const processing = await pay(shop, 'pm_usBankAccount_success')
  await stripe.paymentIntents.verifyMicrodeposits(processing.id, { descriptor_code: 'SM11AA' })
  simulator.core.raiseDispute(String((await pay(shop, 'pm_card_visa')).latest_charge))
  return {
    checkout: plan.url ?? '',
    'checkout, by choice': pack.url ?? '',
    'checkout, asking': asking.url ?? '',
    'checkout, a bank account': `${pack.url}?sample=000123456789`,
    'checkout, expired': `${simulator.url}/_simulator/checkout/${ended.id}`,
    portal: url,
    cancel: `${url}/subscriptions/${id}/cancel`,
    pause: `${url}/subscriptions/${id}/pause`,
    switch: `${url}/subscriptions/${id}/switch?price=${prices.growth}`,
    method: `${url}/payment-method`,
    customer: `${url}/customer`,
    challenge: challenge.next_action?.redirect_to_url?.url ?? '',
    mandate: `${simulator.url}/_simulator/mandate/${simulator.objects('mandate')[0]?.id}`,
    microdeposits: deposits.next_action?.verify_with_microdeposits?.hosted_verification_url ?? '',
    invoice: `${simulator.url}/_simulator/invoice/${latest_invoice}`,
    'invoice, unpaid': `${simulator.url}/_simulator/invoice/${unpaid.latest_invoice}`,
    'nothing there': `${simulator.url}/_simulator/invoice/in_none`,
    desk: `${simulator.url}/_simulator`,
  }
}
