import { invalidRequest } from '../../domain/failure.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { periodAt, sameCadence } from '../../domain/period.ts'
import type { World } from '../../world.ts'
import { pendingItems } from '../invoices/draft.ts'
import { changedItems, type ItemChange, itemChanges, pricedChanges } from './change-items.ts'
import { draftNow } from './draft-now.ts'
import { cadenceOf, type ItemInput, itemList, periodOf, withPeriod } from './items.ts'
import { creditItem, debitItem, type Proration } from './prorate.ts'
import { elapsedOf, recurringLines } from './recurring-lines.ts'

export interface ItemsInput {
  readonly billing_cycle_anchor?: { readonly type: string }
  readonly items?: readonly ItemInput[]
  readonly proration_behavior?: 'always_invoice' | 'create_prorations' | 'none'
  readonly proration_date?: number
}

/** What a request asks for, and what follows from the rest of it. */
export interface ItemsPlan extends ItemsInput {
  /** A trial that begins now, of a subscription that is running already. */
  readonly trialUntil?: number
}

export interface Changed {
  readonly subscription: Subscription
  /** A draft, when the change is billed at once. */
  readonly invoice?: Invoice
}

const prorationDate = (world: World, subscription: Subscription, input: ItemsInput): number => {
  const date = input.proration_date ?? world.now()
  const { start, end } = periodOf(subscription)
  if (date < start || date > end) {
    throw invalidRequest('Cannot specify `proration_date` outside of the current subscription period.', {
      param: 'proration_date',
    })
  }
  return date
}

/** Another rhythm, or an anchor of now, starts a new period and bills it at once. */
const restarts = (subscription: Subscription, items: Subscription['items'], input: ItemsPlan): boolean => {
  const [before] = subscription.items.data
  const [after] = items.data
  if (input.billing_cycle_anchor?.type === 'now' || input.trialUntil !== undefined) return true
  return before !== undefined && after !== undefined && !sameCadence(cadenceOf(before.price), cadenceOf(after.price))
}

const prorate = (world: World, proration: Proration, changes: readonly ItemChange[]): void => {
  for (const { before } of changes) if (before) creditItem(world, proration, before)
  for (const { after } of changes) if (after) debitItem(world, proration, after)
}

const restarted = (world: World, subscription: Subscription): Subscription => {
  const now = world.now()
  const [first] = subscription.items.data
  if (!first) return subscription
  const period = periodAt(now, cadenceOf(first.price), now)
  return { ...subscription, billing_cycle_anchor: now, items: withPeriod(subscription, period) }
}

const onTrial = (world: World, subscription: Subscription, until: number): Subscription => ({
  ...subscription,
  billing_cycle_anchor: until,
  items: withPeriod(subscription, { start: world.now(), end: until }),
  status: 'trialing',
  trial_end: until,
  trial_start: world.now(),
  $trialEndAnnounced: false,
})

interface RestartPlan {
  readonly after: Subscription
  readonly input: ItemsPlan
}

const restart = (world: World, before: Subscription, { after, input }: RestartPlan): Changed => {
  const { proration_behavior, trialUntil } = input
  const proration = { subscription: before, date: prorationDate(world, before, input) }
  if (proration_behavior !== 'none') for (const item of before.items.data) creditItem(world, proration, item)
  const billing = { ...elapsedOf(before, world.now()), free: trialUntil !== undefined }
  const subscription = trialUntil === undefined ? restarted(world, after) : onTrial(world, after, trialUntil)
  const silent = billing.free && !world.settings.trialInvoice
  if (silent && pendingItems(world, subscription).length === 0) return { subscription }
  const lines = silent ? [] : recurringLines(world, subscription, billing)
  return { subscription, invoice: draftNow(world, subscription, lines) }
}

const billed = (subscription: Subscription): boolean => !['trialing', 'incomplete'].includes(subscription.status)

/**
 * What a change of items means for the subscription and its bill. The subscription comes back unsaved, its invoice as a
 * draft: a preview stops here.
 */
export const changeItems = (world: World, subscription: Subscription, input: ItemsPlan): Changed => {
  const changes = itemChanges(world, subscription, input.items ?? [])
  const items = itemList(subscription.id, changedItems(subscription, changes))
  const after = { ...subscription, items }
  const behavior = input.proration_behavior ?? 'create_prorations'
  if (!billed(subscription)) return { subscription: after }
  if (restarts(subscription, items, input)) return restart(world, subscription, { after, input })
  const priced = pricedChanges(changes)
  if (behavior === 'none' || priced.length === 0) return { subscription: after }
  prorate(world, { subscription, date: prorationDate(world, subscription, input) }, priced)
  if (behavior !== 'always_invoice') return { subscription: after }
  return { subscription: after, invoice: draftNow(world, after, []) }
}
