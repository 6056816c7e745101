import { invalidRequest } from '../../domain/failure.ts'
import type { LineDraft } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { methodFor } from '../invoices/collect.ts'
import { pendingItems } from '../invoices/draft.ts'
import { finalizeInvoice } from '../invoices/finalize.ts'
import { collectAndTell } from './collect.ts'
import { draftNow } from './draft-now.ts'
import { periodOf } from './items.ts'
import { pauseFor } from './pause-for.ts'
import { creditItem } from './prorate.ts'
import { usageLines } from './recurring-lines.ts'
import { usageItem } from './usage-item.ts'

export interface PauseInput {
  readonly bill_for?: {
    readonly outstanding_usage_through?: { readonly type: 'none' | 'now' }
    readonly unused_time_from?: { readonly type: 'item_current_period_start' | 'none' | 'now' }
  }
  readonly invoicing_behavior?: 'invoice' | 'pending_invoice_item'
}

const refuseUnpausable = (subscription: Subscription): void => {
  if (subscription.schedule !== null) {
    throw invalidRequest('A subscription that is managed by a subscription schedule cannot be paused.')
  }
  if (subscription.status === 'active') return
  throw invalidRequest(`You can only pause an active subscription. This one is ${subscription.status}.`)
}

const credit = (world: World, subscription: Subscription, input: PauseInput): boolean => {
  const { type = 'now' } = input.bill_for?.unused_time_from ?? {}
  if (type === 'none') return false
  const date = type === 'now' ? world.now() : periodOf(subscription).start
  for (const item of subscription.items.data) creditItem(world, { subscription, date }, item)
  return true
}

const usage = (world: World, subscription: Subscription, input: PauseInput): LineDraft[] => {
  if (input.bill_for?.outstanding_usage_through?.type === 'none') return []
  const { start } = periodOf(subscription)
  return usageLines(world, subscription, { start, end: world.now() })
}

const billNow = (world: World, subscription: Subscription, lines: readonly LineDraft[]): void => {
  if (lines.length === 0 && pendingItems(world, subscription).length === 0) return
  const invoice = finalizeInvoice(world, draftNow(world, subscription, lines))
  world.update(subscription, { latest_invoice: invoice.id })
  if (invoice.status === 'paid' || invoice.collection_method === 'send_invoice') return
  collectAndTell(world, invoice, { method: methodFor(world, invoice), automatic: true, offSession: true })
}

/** Pauses a subscription: what is left of its period is given back, what a meter counted is billed. */
export const pauseSubscription = (world: World, subscription: Subscription, input: PauseInput): Subscription => {
  refuseUnpausable(subscription)
  const $pauseCredited = credit(world, subscription, input)
  const lines = usage(world, subscription, input)
  if (input.invoicing_behavior !== 'invoice') for (const line of lines) usageItem(world, subscription, line)
  const paused = pauseFor(world, subscription, 'pause_requested')
  if (input.invoicing_behavior === 'invoice') billNow(world, paused, lines)
  const billed = input.bill_for?.outstanding_usage_through?.type !== 'none'
  return world.update(paused, { ...(billed ? { $usageBilledUntil: world.now() } : {}), $pauseCredited })
}
