import { invalidRequest, missingParam, notSimulated } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Phase, PhaseInput, PhaseItem, SubscriptionSchedule } from '../../domain/objects/schedule.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { cancelSubscription } from '../subscriptions/cancel.ts'
import { type ItemInput, periodOf } from '../subscriptions/items.ts'
import { updateSubscription } from '../subscriptions/update.ts'
import { releaseSchedule } from './leave.ts'
import { blankPhase, phaseItem, phasesOf } from './phases.ts'

export interface ScheduleUpdate {
  readonly end_behavior?: SubscriptionSchedule['end_behavior']
  readonly metadata?: MetadataInput
  readonly phases?: readonly PhaseInput[]
  readonly proration_behavior?: Phase['proration_behavior']
}

const defaults = (subscription: Subscription) => ({
  application_fee_percent: null,
  automatic_tax: subscription.automatic_tax,
  billing_cycle_anchor: 'automatic',
  billing_thresholds: null,
  collection_method: subscription.collection_method,
  default_payment_method: subscription.default_payment_method,
  description: subscription.description,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    days_until_due: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  on_behalf_of: null,
  transfer_data: null,
})

const presentPhase = (subscription: Subscription): Phase => {
  const { start, end } = periodOf(subscription)
  const items = subscription.items.data.map(({ price, quantity, metadata }) =>
    phaseItem(price.id, { metadata, ...(quantity === undefined ? {} : { quantity }) }),
  )
  return { ...blankPhase, currency: subscription.currency, start_date: start, end_date: end, items }
}

const refuseUnschedulable = (subscription: Subscription): void => {
  if (subscription.schedule !== null) {
    throw invalidRequest(
      `You cannot migrate a subscription that is already attached to a schedule: \`${subscription.schedule}\`.`,
      { param: 'from_subscription' },
    )
  }
  if (subscription.ended_at === null && subscription.status !== 'incomplete') return
  throw invalidRequest('You cannot migrate a subscription that is `canceled` or `incomplete`.', {
    param: 'from_subscription',
  })
}

/** A schedule around a running subscription: its present period is the first phase, and nothing changes yet. */
export const scheduleFrom = (world: World, subscriptionId: string | undefined): SubscriptionSchedule => {
  if (subscriptionId === undefined) throw missingParam('from_subscription')
  const subscription = world.need('subscription', subscriptionId, { param: 'from_subscription' })
  refuseUnschedulable(subscription)
  const phase = presentPhase(subscription)
  const schedule = world.insert(
    'subscription_schedule',
    {
      billing_mode: subscription.billing_mode,
      current_phase: { start_date: phase.start_date, end_date: phase.end_date },
      customer: subscription.customer,
      default_settings: defaults(subscription),
      end_behavior: 'release',
      metadata: {},
      pause_schedules: [],
      phases: [phase],
      status: 'active',
      subscription: subscription.id,
    },
    'subscription_schedule.created',
  )
  world.update(subscription, { schedule: schedule.id }, 'customer.subscription.updated')
  return schedule
}

const sold = ({ price, quantity }: PhaseItem): ItemInput => ({ price, ...(quantity === undefined ? {} : { quantity }) })

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

const apply = (world: World, schedule: SubscriptionSchedule, phase: Phase): void => {
  const subscription = world.need('subscription', schedule.subscription ?? '')
  if (sameItems(subscription, phase)) return
  const over = world.now() >= periodOf(subscription).end
  updateSubscription(world, subscription, {
    items: itemsFor(subscription, phase),
    proration_behavior: over ? 'none' : phase.proration_behavior,
  })
}

export const refuseInactive = (schedule: SubscriptionSchedule, verb: string): void => {
  if (schedule.status === 'active') return
  throw invalidRequest(
    `You cannot ${verb} a subscription schedule that is currently in the \`${schedule.status}\` status. It must be in \`active\` status.`,
  )
}

const servedEnds = ['cancel', 'release']

export const updateSchedule = (
  world: World,
  schedule: SubscriptionSchedule,
  input: ScheduleUpdate,
): SubscriptionSchedule => {
  refuseInactive(schedule, 'update')
  const end_behavior = input.end_behavior ?? schedule.end_behavior
  if (!servedEnds.includes(end_behavior)) throw notSimulated(`\`end_behavior: ${end_behavior}\``, 'end_behavior')
  const phases = input.phases ? phasesOf(world, schedule, input.phases) : schedule.phases
  const [current] = phases
  const metadata = mergeMetadata(schedule.metadata, input.metadata)
  const current_phase = current ? { start_date: current.start_date, end_date: current.end_date } : null
  const updated = world.update(
    schedule,
    { current_phase, end_behavior, metadata, phases },
    'subscription_schedule.updated',
  )
  const { proration_behavior = 'create_prorations' } = input
  if (input.phases && current) apply(world, updated, { ...current, proration_behavior })
  return updated
}

const finish = (world: World, schedule: SubscriptionSchedule): void => {
  if (schedule.end_behavior !== 'cancel') {
    releaseSchedule(world, schedule)
    return
  }
  const completed = world.update(schedule, { completed_at: world.now(), current_phase: null, status: 'completed' })
  world.emit('subscription_schedule.completed', completed)
  cancelSubscription(world, world.need('subscription', schedule.subscription ?? ''), {})
}

const advance = (world: World, schedule: SubscriptionSchedule, ended: number): void => {
  const next = schedule.phases.find((phase) => phase.start_date === ended)
  if (!next) {
    finish(world, schedule)
    return
  }
  const current_phase = { start_date: next.start_date, end_date: next.end_date }
  apply(world, schedule, next)
  world.update(schedule, { current_phase }, 'subscription_schedule.updated')
}

/** One phase ends and the next begins, or none. */
export const scheduleDues = (world: World) =>
  world.store.all('subscription_schedule').flatMap((schedule) => {
    const end = schedule.current_phase?.end_date
    if (schedule.status !== 'active' || end === undefined) return []
    return [{ about: schedule, at: end, run: () => advance(world, schedule, end) }]
  })
