import type { LineDraft } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'

/** What a meter counted, as a position that waits for the next invoice. */
export const usageItem = (world: World, subscription: Subscription, line: LineDraft): void => {
  const { amount, currency, description, metadata, period, pricing, quantity } = line
  world.insert(
    'invoiceitem',
    {
      amount,
      currency,
      customer: subscription.customer,
      date: world.now(),
      description,
      discountable: true,
      discounts: [],
      invoice: null,
      metadata: metadata as Subscription['metadata'],
      parent: { type: 'subscription_details', subscription_details: { subscription: subscription.id } },
      period,
      pricing,
      proration: false,
      quantity: quantity ?? 0,
      quantity_decimal: String(quantity ?? 0),
      tax_rates: [],
      $subscription: subscription.id,
    },
    'invoiceitem.created',
  )
}
