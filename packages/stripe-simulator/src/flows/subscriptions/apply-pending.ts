import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { itemList } from './items.ts'

/** The invoice was paid: what waited for it happens. */
export const applyPending = (world: World, subscription: Subscription, invoice: Invoice): boolean => {
  const { pending_update: pending, $pendingInvoice } = subscription
  if (pending === null || $pendingInvoice !== invoice.id) return false
  const changes = {
    billing_cycle_anchor: pending.billing_cycle_anchor ?? subscription.billing_cycle_anchor,
    items: itemList(subscription.id, pending.subscription_items),
    pending_update: null,
  }
  const applied = world.update(subscription, changes, 'customer.subscription.updated')
  world.emit('customer.subscription.pending_update_applied', applied)
  return true
}
