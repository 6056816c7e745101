import type { Invoice, LineDraft } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { activeDiscounts } from '../discounts.ts'
import { draftInvoice, pendingItems } from '../invoices/draft.ts'

/** The invoice of what changes now: these lines, and what was waiting to be billed. */
export const draftNow = (world: World, subscription: Subscription, lines: readonly LineDraft[]): Invoice => {
  const now = world.now()
  return draftInvoice(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'subscription_update',
    subscription,
    lines,
    items: pendingItems(world, subscription),
    discounts: activeDiscounts(world, subscription),
    period: { start: now, end: now },
  })
}
