import { pricingOf } from '../../domain/invoice-line.ts'
import type { Phase, PhaseDiscount, PhaseItem, SubscriptionSchedule } from '../../domain/objects/schedule.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import type { DiscountInput } from '../discounts.ts'
import { priceAmount } from '../prices.ts'
import { type ItemInput, periodOf, productName } from '../subscriptions/items.ts'
import { type SubscriptionUpdate, updateSubscription } from '../subscriptions/update.ts'

export const sold = ({ price, quantity, metadata }: PhaseItem): ItemInput => ({
  metadata,
  price,
  ...(quantity === undefined ? {} : { quantity }),
})

/** The present items become the phase's, in order; what is left over goes, what is missing comes. */
const itemsFor = (subscription: Subscription, phase: Phase): ItemInput[] => {
  const present = subscription.items.data
  const kept = phase.items.map((item, index) => {
    const before = present[index]
    return before ? { id: before.id, ...sold(item) } : sold(item)
  })
  return [...kept, ...present.slice(phase.items.length).map(({ id }) => ({ id, deleted: true }))]
}

const sameItems = (subscription: Subscription, phase: Phase): boolean => {
  const present = subscription.items.data.map(({ price, quantity }) => `${price.id}×${quantity}`)
  const planned = phase.items.map(({ price, quantity }) => `${price}×${quantity}`)
  return JSON.stringify(present) === JSON.stringify(planned)
}

const holds = (world: World, id: string, { coupon, promotion_code }: PhaseDiscount): boolean => {
  const discount = world.need('discount', id)
  return promotion_code === null ? discount.source.coupon === coupon : discount.promotion_code === promotion_code
}

/** What a phase's discounts are for a subscription: those it has already are kept. */
const discountInput = (world: World, present: readonly string[], given: PhaseDiscount): DiscountInput[] => {
  if (given.discount !== null) return present.includes(given.discount) ? [{ discount: given.discount }] : []
  const known = present.find((id) => holds(world, id, given))
  if (known !== undefined) return [{ discount: known }]
  return given.promotion_code === null ? [{ coupon: given.coupon ?? '' }] : [{ promotion_code: given.promotion_code }]
}

const discountsFor = (world: World, present: readonly string[], phase: Phase): DiscountInput[] =>
  phase.discounts.flatMap((given) => discountInput(world, present, given))

/** The terms of a phase for its subscription; what it leaves open is the schedule's. */
export const termsFor = (schedule: SubscriptionSchedule, phase: Phase) => {
  const { default_settings: defaults } = schedule
  return {
    automatic_tax: { enabled: (phase.automatic_tax ?? defaults.automatic_tax)?.enabled === true },
    collection_method: phase.collection_method ?? defaults.collection_method ?? 'charge_automatically',
    days_until_due: phase.invoice_settings?.days_until_due ?? defaults.invoice_settings?.days_until_due ?? null,
    default_payment_method: phase.default_payment_method ?? defaults.default_payment_method,
    description: phase.description ?? defaults.description,
    discounts: (world: World, present: readonly string[]) => discountsFor(world, present, phase),
  }
}

/** Positions that are billed once, with the first invoice of the phase. */
export const addInvoiceItems = (world: World, subscription: Subscription, phase: Phase): void => {
  for (const { discountable, metadata, price: id, quantity } of phase.add_invoice_items) {
    const price = world.need('price', id)
    world.insert(
      'invoiceitem',
      {
        amount: priceAmount(world, price, quantity),
        currency: price.currency,
        customer: subscription.customer,
        date: world.now(),
        description: productName(world, price),
        discountable,
        discounts: [],
        invoice: null,
        metadata,
        parent: { type: 'subscription_details', subscription_details: { subscription: subscription.id } },
        period: periodOf(subscription),
        pricing: pricingOf(price),
        proration: false,
        quantity,
        quantity_decimal: String(quantity),
        tax_rates: [],
        $subscription: subscription.id,
      },
      'invoiceitem.created',
    )
  }
}

export interface Entry {
  readonly phase: Phase
  readonly proration_behavior: Phase['proration_behavior']
  /** The same phase as it was before an update; absent when another ends. */
  readonly before?: Phase
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const timing = (world: World, schedule: SubscriptionSchedule, { phase, before }: Entry): SubscriptionUpdate => {
  const anchor = phase.billing_cycle_anchor ?? schedule.default_settings.billing_cycle_anchor
  const trial = phase.trial_end !== null && phase.trial_end > world.now() && phase.trial_end !== before?.trial_end
  return {
    ...(trial ? { trial_end: phase.trial_end ?? 'now' } : {}),
    ...(!before && anchor === 'phase_start' ? { billing_cycle_anchor: { type: 'now' } } : {}),
  }
}

/** The subscription becomes what a phase says. */
export const enterPhase = (world: World, schedule: SubscriptionSchedule, entry: Entry): void => {
  const subscription = world.need('subscription', schedule.subscription ?? '')
  const { phase, before, proration_behavior } = entry
  const { discounts, days_until_due, default_payment_method, description, ...terms } = termsFor(schedule, phase)
  if (!before) addInvoiceItems(world, subscription, phase)
  updateSubscription(world, subscription, {
    ...terms,
    ...(days_until_due === null ? {} : { days_until_due }),
    default_payment_method: default_payment_method ?? '',
    description: description ?? '',
    ...(same(before?.discounts, phase.discounts) ? {} : { discounts: discounts(world, subscription.discounts) }),
    ...(sameItems(subscription, phase) ? {} : { items: itemsFor(subscription, phase) }),
    metadata: phase.metadata,
    ...timing(world, schedule, entry),
    proration_behavior,
  })
}
