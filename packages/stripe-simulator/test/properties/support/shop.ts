import type { OpenAccount } from './open-account.ts'

export interface Shop {
  readonly plans: readonly string[]
  readonly pack: string
  readonly product: string
  /** An exclusive tax rate and an inclusive one. */
  readonly rates: readonly string[]
  /** A monthly price for what a meter counts. */
  readonly metered: string
  readonly coupon: string
  readonly customers: readonly string[]
}

/** Plans of two intervals and odd amounts, a pack, a coupon, and two customers who can pay. */
export const openShop = ({ call }: OpenAccount): Shop => {
  const { id: product } = call('POST /v1/products', { name: 'Pro' })
  const price = (unit_amount: number, interval?: string): string =>
    call('POST /v1/prices', { product, currency: 'usd', unit_amount, ...(interval ? { recurring: { interval } } : {}) })
      .id
  const rate = (percentage: number, inclusive: boolean): string =>
    call('POST /v1/tax_rates', { display_name: 'VAT', percentage, inclusive }).id
  const metered = (of: string): string => {
    const aggregated = { default_aggregation: { formula: 'sum' }, display_name: 'Uses', event_name: 'uses' }
    const { id: meter } = call('POST /v1/billing/meters', aggregated)
    const recurring = { interval: 'month', usage_type: 'metered', meter }
    return call('POST /v1/prices', { product: of, currency: 'usd', unit_amount: 7, recurring }).id
  }
  const customer = (email: string): string => {
    const { id } = call('POST /v1/customers', { email })
    const method = call('POST /v1/payment_methods/pm_card_visa/attach', { customer: id })
    call(`POST /v1/customers/${id}`, { invoice_settings: { default_payment_method: method.id } })
    return id
  }
  return {
    plans: [price(999, 'month'), price(2503, 'month'), price(19_997, 'year'), price(77, 'month')],
    pack: price(501),
    product,
    rates: [rate(7.7, false), rate(19, true)],
    metered: metered(product),
    coupon: call('POST /v1/coupons', { percent_off: 33, duration: 'forever' }).id,
    customers: [customer('ada@example.com'), customer('bob@example.com')],
  }
}
