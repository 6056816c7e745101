import type { PauseInterval } from '../../domain/objects/account.ts'
import type { Price } from '../../domain/objects/catalog.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import { day, priceInWords, spoken } from '../parts/display.ts'

/** A price with the product it belongs to: `Growth`, `$790.00 per year`. */
export const planOf = (core: SimulatorCore, price: Price): { readonly name: string; readonly price: string } => ({
  name: core.find('product', price.product)?.name ?? 'Plan',
  price: priceInWords(price),
})

export const periodEnd = ({ items }: Subscription): number =>
  Math.max(0, ...items.data.map(({ current_period_end: end }) => end))

export const isEnding = ({ cancel_at: cancelAt, cancel_at_period_end: atPeriodEnd, status }: Subscription): boolean =>
  status !== 'canceled' && (atPeriodEnd || cancelAt !== null)

const upcoming: Readonly<Record<string, string>> = {
  active: 'Next billing date',
  trialing: 'Trial ends, first payment',
  past_due: 'Payment is overdue; next billing date',
}

/** What happens next, with its date. */
export const nextStep = (subscription: Subscription): string => {
  const { status, cancel_at: cancelAt, ended_at: endedAt } = subscription
  if (endedAt !== null) return `Ended on ${day(endedAt)}`
  if (isEnding(subscription)) return `Cancels on ${day(cancelAt ?? periodEnd(subscription))}`
  const words = upcoming[status]
  return words === undefined ? `The subscription is ${spoken(status)}` : `${words}: ${day(periodEnd(subscription))}`
}

/** `a month`, `2 weeks`. */
export const durationInWords = ({ interval, interval_count: count }: PauseInterval): string =>
  count === 1 ? `1 ${interval}` : `${count} ${interval}s`

/** Stripe's reasons for leaving, as a customer would say them. */
export const reasons: Readonly<Record<string, string>> = {
  too_expensive: 'It is too expensive',
  missing_features: 'Some features are missing',
  switched_service: 'I found another product',
  unused: 'I do not use it enough',
  customer_service: 'Customer service was not good enough',
  too_complex: 'It is too complex',
  low_quality: 'Its quality is too low',
  other: 'Another reason',
}
