import { invalidRequest } from '../../domain/failure.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { CancellationDetails, Subscription } from '../../domain/objects/subscription.ts'
import { isMetered } from '../../domain/pricing.ts'
import type { World } from '../../world.ts'
import { methodFor } from '../invoices/collect.ts'
import { draftInvoice, pendingItems } from '../invoices/draft.ts'
import { finalizeInvoice } from '../invoices/finalize.ts'
import { voidInvoice } from '../invoices/settle.ts'
import { abandonSchedule } from '../schedules/leave.ts'
import { subscriptionOf } from './after-payment.ts'
import { collectAndTell } from './collect.ts'
import { periodOf } from './items.ts'
import { creditItem } from './prorate.ts'
import { usageLines } from './recurring-lines.ts'

export type CancellationInput = Partial<Record<'comment' | 'feedback' | 'feedback_option', string>>

export interface CancelInput {
  readonly cancellation_details?: CancellationInput
  readonly invoice_now?: boolean
  readonly prorate?: boolean
  readonly reason?: string
}

const ownWords = (world: World, id: string | undefined): Pick<CancellationDetails, 'feedback_option'> | undefined => {
  if (id === undefined) return undefined
  if (id === '') return { feedback_option: null }
  const param = 'cancellation_details[feedback_option]'
  return { feedback_option: world.need('billing.feedback_option', id, { param }).id }
}

export const cancellationOf = (
  world: World,
  old: CancellationDetails,
  input: CancellationInput | undefined,
): CancellationDetails => ({
  ...old,
  ...ownWords(world, input?.feedback_option),
  ...(input?.comment === undefined ? {} : { comment: input.comment || null }),
  ...(input?.feedback === undefined ? {} : { feedback: input.feedback || null }),
})

const stopCollecting = (world: World, subscription: Subscription): void => {
  const open = world.store
    .all('invoice')
    .filter((invoice) => subscriptionOf(world, invoice)?.id === subscription.id)
    .filter((invoice) => invoice.status === 'open' || invoice.status === 'draft')
  for (const invoice of open) {
    world.update(invoice, { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null })
  }
}

/** What is left to bill of a subscription that ends: what waits for it, and what a meter counted until then. */
export const finalDraft = (world: World, subscription: Subscription, end: number): Invoice | undefined => {
  const items = pendingItems(world, subscription)
  const lines = usageLines(world, subscription, { start: periodOf(subscription).start, end })
  if (items.length === 0 && lines.length === 0) return undefined
  return draftInvoice(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'manual',
    subscription,
    lines,
    items,
    period: { start: world.now(), end: world.now() },
  })
}

const invoiceNow = (world: World, subscription: Subscription): void => {
  const draft = finalDraft(world, subscription, world.now())
  if (!draft) return
  const invoice = finalizeInvoice(world, draft)
  if (invoice.status === 'paid') return
  collectAndTell(world, invoice, { method: methodFor(world, invoice), automatic: true, offSession: true })
}

/** Ends a subscription at once and for good. */
export const cancelSubscription = (world: World, subscription: Subscription, input: CancelInput): Subscription => {
  if (subscription.ended_at !== null) {
    throw invalidRequest(`No such subscription: '${subscription.id}'`, {
      code: 'resource_missing',
      param: 'id',
      status: 404,
    })
  }
  const now = world.now()
  stopCollecting(world, subscription)
  if (input.prorate === true) {
    for (const item of subscription.items.data) creditItem(world, { subscription, date: now }, item)
  }
  const details = cancellationOf(world, subscription.cancellation_details, input.cancellation_details)
  const canceled = world.update(subscription, {
    cancel_at: subscription.cancel_at_period_end ? subscription.cancel_at : null,
    canceled_at: subscription.canceled_at ?? now,
    cancellation_details: { ...details, reason: input.reason ?? 'cancellation_requested' },
    ended_at: now,
    pending_update: null,
    status: 'canceled',
  })
  world.emit('customer.subscription.deleted', canceled)
  abandonSchedule(world, canceled.schedule, input.reason === 'payment_failed')
  if (input.invoice_now === true) invoiceNow(world, canceled)
  return canceled
}

/** The end that was planned has come. What a meter counted until then is still billed. */
export const endSubscription = (world: World, subscription: Subscription): void => {
  const metered = subscription.items.data.some(({ price }) => isMetered(price))
  cancelSubscription(world, subscription, { invoice_now: metered })
}

/** The first invoice was not paid in time: the subscription never was. */
export const expireSubscription = (world: World, subscription: Subscription): void => {
  const now = world.now()
  const expired = world.update(
    subscription,
    { canceled_at: now, ended_at: now, status: 'incomplete_expired' },
    'customer.subscription.updated',
  )
  const first = expired.latest_invoice === null ? undefined : world.store.get('invoice', expired.latest_invoice)
  if (first?.status === 'open') voidInvoice(world, first)
}
