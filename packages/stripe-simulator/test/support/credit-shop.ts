import type Stripe from 'stripe'
import { createCatalog, createPayer } from './catalog.ts'
import { openSimulator } from './open-simulator.ts'

export const day = 86_400
const metered = { scope: { price_type: 'metered' as const } }

type GrantParams = Partial<Stripe.Billing.CreditGrantCreateParams> & {
  readonly value?: number
  readonly currency?: string
}

/** A customer who pays 2 dollars a month and a cent for each of what a meter counts. */
export const openCreditShop = async (address?: Stripe.AddressParam) => {
  const open = await openSimulator()
  const { stripe, simulator } = open
  const catalog = await createCatalog(stripe)
  const meter = await stripe.billing.meters.create({
    display_name: 'Calls',
    event_name: 'calls',
    default_aggregation: { formula: 'sum' },
  })
  const price = await stripe.prices.create({
    product: catalog.product.id,
    currency: 'usd',
    unit_amount: 1,
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
  })
  const { id: customer } = await createPayer(stripe)
  if (address) await stripe.customers.update(customer, { address })
  const grant = ({ value = 500, currency = 'usd', ...more }: GrantParams = {}) =>
    stripe.billing.creditGrants.create({
      customer,
      amount: { type: 'monetary', monetary: { currency, value } },
      applicability_config: metered,
      ...more,
    })
  const uses = (value: number) =>
    stripe.billing.meterEvents.create({
      event_name: 'calls',
      payload: { stripe_customer_id: customer, value: String(value) },
    })
  const subscribe = (more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
    stripe.subscriptions.create({ customer, items: [{ price: catalog.basic.id }, { price: price.id }], ...more })
  const renew = async () => {
    await simulator.clock.advance({ months: 1, hours: 2 })
    const [invoice] = (await stripe.invoices.list()).data
    if (!invoice) throw new TypeError('nothing was billed')
    return invoice
  }
  const left = async (credit_grant: string) => {
    const filter = { type: 'credit_grant' as const, credit_grant }
    const { balances } = await stripe.billing.creditBalanceSummaries.retrieve({ customer, filter })
    return balances[0]?.available_balance.monetary?.value
  }
  const movements = async (credit_grant: string): Promise<unknown[][]> => {
    const { data } = await stripe.billing.creditBalanceTransactions.list({ customer, credit_grant })
    return data.map(({ credit, debit }) => [credit?.type ?? debit?.type, (credit ?? debit)?.amount.monetary?.value])
  }
  const now = () => Math.floor(simulator.clock.now().getTime() / 1000)
  return { ...open, ...catalog, meter, price, customer, grant, uses, subscribe, renew, left, movements, now }
}
