import { invalidRequest } from '../../domain/failure.ts'
import type { PortalFeatures, PortalSession } from '../../domain/objects/account.ts'
import type { Price } from '../../domain/objects/catalog.ts'
import type { Subscription, SubscriptionItem } from '../../domain/objects/subscription.ts'
import type { PortalSwitch, SwitchPreview } from '../../portal-core.ts'
import type { Declined, RequiresAction } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { findCode } from '../checkout/promotion.ts'
import { draftAfter } from '../previews/changed.ts'
import { priceAmount } from '../prices.ts'
import { releaseSchedule } from '../schedules/leave.ts'
import { createSchedule, updateSchedule } from '../schedules/schedules.ts'
import { cadenceOf, periodOf } from '../subscriptions/items.ts'
import { previewed } from '../subscriptions/preview.ts'
import { type SubscriptionUpdate, updateSubscription } from '../subscriptions/update.ts'
import { cardError, refuseDisabled } from './verbs.ts'
import { configurationOf, needPortal, ownSubscription, portalView } from './view.ts'

type Update = PortalFeatures['subscription_update']

interface Plan {
  readonly session: PortalSession
  readonly subscription: Subscription
  readonly item: SubscriptionItem
  readonly price: Price
  readonly quantity: number | undefined
  readonly update: Update
  readonly change: PortalSwitch
}

const refuseQuantity = (
  world: World,
  session: PortalSession,
  { price, quantity }: Pick<Plan, 'price' | 'quantity'>,
) => {
  const bounds = portalView(world, session.id)?.quantities[price.product]
  refuseDisabled(bounds !== undefined, 'change the quantity')
  const { minimum = 1, maximum } = bounds ?? { maximum: null }
  if (quantity !== undefined && quantity >= minimum && quantity <= (maximum ?? quantity)) return
  throw invalidRequest(`The quantity has to be from ${minimum} to ${maximum ?? 'any number'}.`, { param: 'quantity' })
}

const planOf = (world: World, sessionId: string, change: PortalSwitch): Plan => {
  const session = needPortal(world, sessionId)
  const subscription = ownSubscription(world, session, change.subscriptionId)
  const [item] = subscription.items.data
  if (!item) throw invalidRequest('This subscription has nothing that could be switched.')
  const price = change.priceId === undefined ? item.price : world.need('price', change.priceId, { param: 'price' })
  const quantity = change.quantity ?? item.quantity
  if (price.id !== item.price.id) {
    refuseDisabled(portalView(world, sessionId)?.priceIds.includes(price.id) === true, 'switch to this price')
  }
  if (quantity !== item.quantity) refuseQuantity(world, session, { price, quantity })
  const { subscription_update: update } = configurationOf(world, session).features
  return { session, subscription, item, price, quantity, update, change }
}

const days: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 }

const lengthOf = (price: Price): number => {
  const { interval, interval_count } = cadenceOf(price)
  return (days[interval] ?? 1) * interval_count
}

const meets: Readonly<Record<string, (world: World, plan: Plan) => boolean>> = {
  decreasing_item_amount: (world, { item, price, quantity = 1 }) =>
    priceAmount(world, price, quantity) < priceAmount(world, item.price, item.quantity ?? 1),
  shortening_interval: (_, { item, price }) => lengthOf(price) < lengthOf(item.price),
}

/** Whether the configuration lets this change wait until the period is over. */
const isLater = (world: World, plan: Plan): boolean =>
  plan.subscription.status !== 'trialing' &&
  plan.update.schedule_at_period_end.conditions.some(({ type }) => meets[type]?.(world, plan) === true)

const itemOf = ({ price, quantity }: Pick<Plan, 'price' | 'quantity'>) => ({
  price: price.id,
  ...(quantity === undefined ? {} : { quantity }),
})

const itemsInput = (plan: Plan): SubscriptionUpdate => ({
  items: [{ id: plan.item.id, ...itemOf(plan) }],
  proration_behavior: plan.update.proration_behavior,
  ...(plan.update.billing_cycle_anchor === 'now' ? { billing_cycle_anchor: { type: 'now' } } : {}),
  ...(plan.change.prorationDate === undefined ? {} : { proration_date: plan.change.prorationDate }),
})

const schedule = (world: World, plan: Plan): void => {
  const { subscription, item } = plan
  const before = subscription.schedule === null ? undefined : world.need('subscription_schedule', subscription.schedule)
  if (before) releaseSchedule(world, before, false)
  const made = createSchedule(world, { from_subscription: subscription.id })
  const { start, end } = periodOf(subscription)
  const now = { items: [itemOf({ price: item.price, quantity: item.quantity })], start_date: start, end_date: end }
  const next = { items: [itemOf(plan)], duration: cadenceOf(plan.price) }
  updateSchedule(world, made, { end_behavior: 'release', phases: [now, next], proration_behavior: 'none' })
}

const discountOf = (world: World, plan: Plan): Pick<SubscriptionUpdate, 'discounts'> => {
  const { promotionCode } = plan.change
  if (promotionCode === undefined || promotionCode === '') return {}
  refuseDisabled(plan.update.default_allowed_updates.includes('promotion_code'), 'use promotion codes')
  const amount = priceAmount(world, plan.price, plan.quantity ?? 1)
  const found = findCode(world, promotionCode, {
    amount,
    currency: plan.price.currency,
    customer: plan.subscription.customer,
  })
  if ('refusal' in found)
    throw invalidRequest(found.refusal, { code: 'promotion_code_invalid', param: 'promotion_code' })
  return { discounts: [{ promotion_code: found.code.id }] }
}

/** What a change would cost today, or when it would happen instead. */
export const previewInPortal = (world: World, sessionId: string, change: PortalSwitch): SwitchPreview => {
  const prorationDate = change.prorationDate ?? world.now()
  const plan = planOf(world, sessionId, { ...change, prorationDate })
  const { currency } = plan.subscription
  if (isLater(world, plan)) {
    return { amountDue: 0, currency, lines: [], prorationDate, startsAt: periodOf(plan.subscription).end }
  }
  const invoice = previewed(world, () => draftAfter(world, plan.subscription, itemsInput(plan)))
  return {
    amountDue: invoice.amount_due,
    currency: invoice.currency,
    lines: invoice.lines.data.map((line) => ({ description: line.description ?? '', amount: line.amount })),
    prorationDate,
  }
}

const isEndingTrial = ({ subscription, update }: Plan): boolean =>
  subscription.status === 'trialing' && update.trial_update_behavior === 'end_trial'

export const switchInPortal = (
  world: World,
  sessionId: string,
  change: PortalSwitch,
): { readonly status: 'switched' } | RequiresAction | Declined => {
  const plan = planOf(world, sessionId, change)
  if (isLater(world, plan)) {
    schedule(world, plan)
    return { status: 'switched' }
  }
  const input = {
    ...itemsInput(plan),
    ...discountOf(world, plan),
    ...(isEndingTrial(plan) ? { trial_end: 'now' as const } : {}),
  }
  try {
    updateSubscription(world, plan.subscription, { ...input, payment_behavior: 'error_if_incomplete' })
    return { status: 'switched' }
  } catch (cause) {
    return cardError(cause)
  }
}
