import type Stripe from 'stripe'
import { type Catalog, createPayer } from '../catalog.ts'
import type { OpenSimulator } from '../open-simulator.ts'

/** A customer who pays for what a meter counts. */
const openMetered = async (stripe: Stripe, { product }: Catalog) => {
  const meter = await stripe.billing.meters.create({
    display_name: 'Pages',
    event_name: 'printed',
    default_aggregation: { formula: 'sum' },
  })
  const recurring = { interval: 'month' as const, usage_type: 'metered' as const, meter: meter.id }
  const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 100, recurring })
  const { id: customer } = await createPayer(stripe)
  await stripe.subscriptions.create({ customer, items: [{ price: price.id }] })
  return { meter: meter.id, price: price.id, customer }
}

/** Every route of billing credits and of alerts, and an invoice that credits pay. */
export const callCredits = async ({ simulator }: OpenSimulator, stripe: Stripe, catalog: Catalog): Promise<void> => {
  const { creditGrants, creditBalanceSummaries, creditBalanceTransactions, alerts } = stripe.billing
  const { customer, meter, price } = await openMetered(stripe, catalog)
  const amount = { type: 'monetary' as const, monetary: { currency: 'usd', value: 500 } }
  const shared = { customer, amount }
  const metered = { scope: { price_type: 'metered' as const } }
  const grant = await creditGrants.create({ ...shared, applicability_config: metered, expand: ['customer'] })
  const ended = await creditGrants.create({
    ...shared,
    applicability_config: { scope: { prices: [{ id: price }] } },
    category: 'promotional',
  })
  await creditGrants.update(grant.id, { metadata: { cost: '3' } })
  await creditGrants.retrieve(grant.id)
  await creditGrants.list({ customer })
  await creditGrants.expire(ended.id)
  await creditGrants.voidGrant((await creditGrants.create({ ...shared, applicability_config: metered })).id)
  const alert = await alerts.create({
    alert_type: 'usage_threshold',
    title: 'Much',
    usage_threshold: { gte: 3, meter, recurrence: 'one_time', filters: [{ type: 'customer', customer }] },
  })
  await alerts.deactivate(alert.id)
  await alerts.activate(alert.id)
  await alerts.retrieve(alert.id, { expand: ['usage_threshold.meter'] })
  await alerts.list({ meter })
  const payload = { stripe_customer_id: customer, value: '3' }
  await stripe.billing.meterEvents.create({ event_name: 'printed', payload })
  await alerts.archive(alert.id)
  await simulator.clock.advance({ months: 1, hours: 2 })
  const expand = ['data.debit.credits_applied.invoice', 'data.credit_grant']
  const [used] = (await creditBalanceTransactions.list({ customer, expand })).data
  await creditBalanceTransactions.retrieve(used?.id ?? '')
  await creditBalanceSummaries.retrieve({ customer, filter: { type: 'credit_grant', credit_grant: grant.id } })
  await stripe.invoices.list({ customer, expand: ['data.total_pretax_credit_amounts.credit_balance_transaction'] })
}
