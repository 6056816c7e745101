import type { Invoice } from '../../domain/objects/invoice.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { applyPending } from './apply-pending.ts'
import { resumePaid } from './resume.ts'

export const subscriptionOf = (world: World, invoice: Invoice): Subscription | undefined => {
  const id = invoice.parent?.subscription_details.subscription
  return id === undefined ? undefined : world.store.get('subscription', id)
}

const owes = (world: World, subscription: Subscription): boolean =>
  world.store
    .all('invoice')
    .some((invoice) => invoice.status === 'open' && subscriptionOf(world, invoice)?.id === subscription.id)

const recovers = (world: World, subscription: Subscription): boolean =>
  subscription.status === 'incomplete' ||
  (['past_due', 'unpaid'].includes(subscription.status) && !owes(world, subscription))

interface PaymentSettings {
  readonly save_default_payment_method?: string
}

const savedMethod = (subscription: Subscription, intent: PaymentIntent | undefined): string | null => {
  const settings = subscription.payment_settings as PaymentSettings | null
  const saves = settings?.save_default_payment_method === 'on_subscription'
  return saves && intent ? intent.payment_method : subscription.default_payment_method
}

/** An invoice was paid: an unfinished subscription begins, a late one is in order again. */
export const subscriptionPaid = (world: World, invoice: Invoice, intent?: PaymentIntent): void => {
  const subscription = subscriptionOf(world, invoice)
  if (!subscription || subscription.ended_at !== null) return
  if (applyPending(world, subscription, invoice) || resumePaid(world, subscription, invoice)) return
  const status = recovers(world, subscription) ? 'active' : subscription.status
  const changes = { status, default_payment_method: savedMethod(subscription, intent) }
  world.update(subscription, changes, 'customer.subscription.updated')
}

/** A change that waits for its payment makes nothing late. */
const isPending = ({ pending_update, $pendingInvoice }: Subscription, invoice: Invoice): boolean =>
  pending_update !== null && $pendingInvoice === invoice.id

/** An invoice was not paid: a running subscription is late; an unfinished one just stays so. */
export const subscriptionUnpaid = (world: World, invoice: Invoice): void => {
  const subscription = subscriptionOf(world, invoice)
  if (subscription?.status !== 'active' || isPending(subscription, invoice)) return
  world.update(subscription, { status: 'past_due' }, 'customer.subscription.updated')
}
