import type Stripe from 'stripe'

export interface Catalog {
  readonly product: Stripe.Product
  readonly basic: Stripe.Price
  readonly pro: Stripe.Price
  readonly yearly: Stripe.Price
  readonly pack: Stripe.Price
}

const monthly = (product: string, amount: number): Stripe.PriceCreateParams => ({
  product,
  currency: 'usd',
  unit_amount: amount,
  recurring: { interval: 'month' },
})

/** Two monthly prices, a yearly one, and a pack that is bought once. */
export const createCatalog = async (stripe: Stripe): Promise<Catalog> => {
  const product = await stripe.products.create({ name: 'Pro' })
  return {
    product,
    basic: await stripe.prices.create(monthly(product.id, 1000)),
    pro: await stripe.prices.create(monthly(product.id, 2000)),
    yearly: await stripe.prices.create({ ...monthly(product.id, 20_000), recurring: { interval: 'year' } }),
    pack: await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 500 }),
  }
}

/** A customer whose default method is a test card. */
export const createPayer = async (stripe: Stripe, card = 'pm_card_visa'): Promise<Stripe.Customer> => {
  const customer = await stripe.customers.create({ email: 'ada@example.com', name: 'Ada' })
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id })
  return stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } })
}

export const visa = { number: '4242424242424242', expMonth: 12, expYear: 2030, cvc: '123' }
