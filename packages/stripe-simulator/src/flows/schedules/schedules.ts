import { invalidRequest, missingParam, notSimulated } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Phase, PhaseInput, SubscriptionSchedule, TermsInput } from '../../domain/objects/schedule.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { type BillingModeInput, billingMode } from '../subscriptions/billing-mode.ts'
import { periodOf } from '../subscriptions/items.ts'
import { refuseCrowd } from '../test-clocks/clocks.ts'
import { beginPhase, endPhase, planEnd } from './course.ts'
import { enterPhase } from './enter-phase.ts'
import { phaseItem } from './phase-items.ts'
import { blankPhase, phasesFrom, phasesOf } from './phases.ts'
import { defaultSettings, settingsFrom } from './terms.ts'

export interface ScheduleInput {
  readonly billing_mode?: BillingModeInput
  readonly customer?: string
  readonly default_settings?: TermsInput
  readonly end_behavior?: SubscriptionSchedule['end_behavior']
  readonly from_subscription?: string
  readonly metadata?: MetadataInput
  readonly phases?: readonly PhaseInput[]
  readonly start_date?: number | 'now'
}

export interface ScheduleUpdate {
  readonly default_settings?: TermsInput
  readonly end_behavior?: SubscriptionSchedule['end_behavior']
  readonly metadata?: MetadataInput
  readonly phases?: readonly PhaseInput[]
  readonly proration_behavior?: Phase['proration_behavior']
}

const presentPhase = (subscription: Subscription): Phase => {
  const { start, end } = periodOf(subscription)
  const items = subscription.items.data.map(({ price, quantity, metadata }) =>
    phaseItem(price.id, { metadata, ...(quantity === undefined ? {} : { quantity }) }),
  )
  const discounts = subscription.discounts.map((discount) => ({ coupon: null, discount, promotion_code: null }))
  const trial = subscription.status === 'trialing' ? { trial_end: subscription.trial_end } : {}
  return {
    ...blankPhase,
    ...trial,
    currency: subscription.currency,
    discounts,
    start_date: start,
    end_date: end,
    items,
  }
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
const scheduleFrom = (world: World, subscriptionId: string): SubscriptionSchedule => {
  const subscription = world.need('subscription', subscriptionId, { param: 'from_subscription' })
  refuseUnschedulable(subscription)
  const phase = presentPhase(subscription)
  const schedule = world.insert(
    'subscription_schedule',
    {
      billing_mode: subscription.billing_mode,
      current_phase: { start_date: phase.start_date, end_date: phase.end_date },
      customer: subscription.customer,
      default_settings: settingsFrom(subscription),
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

const servedEnds = ['cancel', 'release']

const endOf = (given: SubscriptionSchedule['end_behavior'] = 'release'): SubscriptionSchedule['end_behavior'] => {
  if (servedEnds.includes(given)) return given
  throw notSimulated(`\`end_behavior: ${given}\``, 'end_behavior')
}

const refusePast = (world: World, { end_date }: Phase): void => {
  if (end_date > world.now()) return
  throw invalidRequest('The first phase of a schedule must not have ended already.', { param: 'phases[0][end_date]' })
}

const scheduleNew = (world: World, input: ScheduleInput): SubscriptionSchedule => {
  const { customer, phases: inputs, start_date = 'now' } = input
  if (customer === undefined) throw missingParam('customer')
  if (inputs === undefined) throw missingParam('phases')
  world.need('customer', customer, { param: 'customer' })
  refuseCrowd(world, customer)
  const start = start_date === 'now' ? world.now() : start_date
  const phases = phasesFrom(world, { customer, inputs, start })
  const [first] = phases
  if (first) refusePast(world, first)
  const schedule = world.insert('subscription_schedule', {
    billing_mode: billingMode(input.billing_mode),
    customer,
    default_settings: defaultSettings(world, input.default_settings, { customer }),
    end_behavior: endOf(input.end_behavior),
    metadata: mergeMetadata({}, input.metadata),
    pause_schedules: [],
    phases,
    status: 'not_started',
  })
  const begun = start > world.now() ? schedule : beginPhase(world, schedule)
  world.emit('subscription_schedule.created', begun)
  return begun
}

/** A schedule around a running subscription, or one that starts its own, now or later. */
export const createSchedule = (world: World, input: ScheduleInput): SubscriptionSchedule => {
  const { from_subscription: from, ...others } = input
  if (from === undefined) return scheduleNew(world, input)
  const [other] = Object.keys(others).filter((name) => name !== 'expand')
  if (other === undefined) return scheduleFrom(world, from)
  throw invalidRequest(`You cannot set \`${other}\` if \`from_subscription\` is set.`, { param: other })
}

export const refuseInactive = (schedule: SubscriptionSchedule, verb: string): void => {
  if (schedule.status === 'active' || schedule.status === 'not_started') return
  throw invalidRequest(
    `You cannot ${verb} a subscription schedule that is currently in the \`${schedule.status}\` status. It must be in \`active\` or \`not_started\` status.`,
  )
}

const currentOf = (schedule: SubscriptionSchedule, phases: readonly Phase[]): Phase | undefined => {
  const start = schedule.current_phase?.start_date
  return phases.find((phase) => phase.start_date === start)
}

interface Step {
  readonly before: SubscriptionSchedule
  readonly input: ScheduleUpdate
}

const proceed = (world: World, updated: SubscriptionSchedule, { before, input }: Step): void => {
  const current = currentOf(updated, updated.phases)
  if (!current) {
    if ((updated.phases[0]?.start_date ?? 0) <= world.now()) beginPhase(world, updated)
    return
  }
  const { proration_behavior = 'create_prorations' } = input
  if (input.phases || input.default_settings) {
    const old = currentOf(before, before.phases) ?? current
    enterPhase(world, updated, { phase: current, proration_behavior, before: old })
  }
  planEnd(world, updated)
  if (current.end_date <= world.now()) endPhase(world, updated, current.end_date)
}

export const updateSchedule = (
  world: World,
  schedule: SubscriptionSchedule,
  input: ScheduleUpdate,
): SubscriptionSchedule => {
  refuseInactive(schedule, 'update')
  const { customer, default_settings: before } = schedule
  const phases = input.phases ? phasesOf(world, schedule, input.phases) : schedule.phases
  const current = currentOf(schedule, phases)
  const changes = {
    current_phase: current ? { start_date: current.start_date, end_date: current.end_date } : null,
    default_settings: defaultSettings(world, input.default_settings, { customer, before }),
    end_behavior: endOf(input.end_behavior ?? schedule.end_behavior),
    metadata: mergeMetadata(schedule.metadata, input.metadata),
    phases,
  }
  const updated = world.update(schedule, changes, 'subscription_schedule.updated')
  proceed(world, updated, { before: schedule, input })
  return world.need('subscription_schedule', schedule.id)
}
