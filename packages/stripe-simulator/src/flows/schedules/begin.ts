import type { Phase, SubscriptionSchedule } from '../../domain/objects/schedule.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { pendingItems } from '../invoices/draft.ts'
import { startItems } from '../subscriptions/create.ts'
import { announceSubscription, firstInvoice, startSubscription, subscriptionTax } from '../subscriptions/start.ts'
import { announceTrialEnd, trialSettings } from '../subscriptions/trial.ts'
import { addInvoiceItems, sold, termsFor } from './enter-phase.ts'

const trialOf = (world: World, phase: Phase): number | null =>
  phase.trial_end !== null && phase.trial_end > world.now() ? phase.trial_end : null

const start = (world: World, schedule: SubscriptionSchedule, phase: Phase): Subscription => {
  const { automatic_tax, discounts, ...terms } = termsFor(schedule, phase)
  const trialEnd = trialOf(world, phase)
  return startSubscription(world, {
    customer: schedule.customer,
    items: startItems(world, phase.items.map(sold)),
    status: trialEnd === null ? 'active' : 'trialing',
    trialEnd,
    anchor: {
      at: trialEnd ?? phase.start_date,
      config: null,
      start: phase.start_date,
      prorates: phase.proration_behavior !== 'none',
    },
    discounts: discounts(world, []),
    metadata: phase.metadata,
    fields: {
      ...terms,
      automatic_tax: subscriptionTax(automatic_tax.enabled),
      billing_mode: schedule.billing_mode,
      schedule: schedule.id,
      trial_settings: trialSettings(undefined),
    },
  })
}

/** The first phase begins, and with it its subscription: running at once, its first invoice a draft for an hour. */
export const beginSubscription = (world: World, schedule: SubscriptionSchedule, phase: Phase): Subscription => {
  const started = start(world, schedule, phase)
  const customer = world.need('customer', started.customer)
  if (customer.currency === null) world.update(customer, { currency: started.currency })
  addInvoiceItems(world, started, phase)
  const items = pendingItems(world, started)
  const subscription = announceSubscription(world, started, items.length > 0)
  firstInvoice(world, subscription, { items, finalizesAt: world.now() + world.settings.draftSeconds })
  announceTrialEnd(world, subscription.id)
  return world.need('subscription', subscription.id)
}
