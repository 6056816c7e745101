import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import type { AnchorConfigInput } from '../../domain/objects/checkout.ts'
import type { AnchorConfig } from '../../domain/objects/subscription.ts'
import { boundary, type Cadence } from '../../domain/period.ts'
import type { World } from '../../world.ts'

export interface AnchorInput {
  readonly backdate_start_date?: number
  readonly billing_cycle_anchor?: number
  readonly billing_cycle_anchor_config?: AnchorConfigInput
  readonly proration_behavior?: 'always_invoice' | 'create_prorations' | 'none'
}

/** When a subscription starts, and from when on it is billed in full. */
export interface Anchor {
  readonly at: number
  readonly config: AnchorConfig | null
  readonly start: number
  /** Whether the time before the first full period is billed. */
  readonly prorates: boolean
}

export interface Anchored {
  readonly cadence: Cadence
  readonly trialEnd: number | null
}

const limits: readonly (readonly [keyof AnchorConfigInput, number, number])[] = [
  ['day_of_month', 1, 31],
  ['hour', 0, 23],
  ['minute', 0, 59],
  ['month', 1, 12],
  ['second', 0, 59],
]

const checkConfig = (config: AnchorConfigInput, { interval }: Cadence): void => {
  if (interval !== 'month' && interval !== 'year') {
    throw invalidRequest('`billing_cycle_anchor_config` is only valid with monthly and yearly price intervals.', {
      param: 'billing_cycle_anchor_config',
    })
  }
  for (const [name, least, most] of limits) {
    const value = config[name]
    if (value === undefined || (value >= least && value <= most)) continue
    throw invalidRequest(`This value must be between ${least} and ${most}.`, {
      param: `billing_cycle_anchor_config[${name}]`,
      code: 'parameter_invalid_integer',
    })
  }
}

const occurrence = (config: AnchorConfigInput, from: Date, months: number): number => {
  const year = from.getUTCFullYear()
  const month = from.getUTCMonth() + months
  const day = Math.min(config.day_of_month, new Date(Date.UTC(year, month + 1, 0)).getUTCDate())
  const { hour = from.getUTCHours(), minute = from.getUTCMinutes(), second = from.getUTCSeconds() } = config
  return Date.UTC(year, month, day, hour, minute, second) / 1000
}

/** The next time that the calendar shows this day. */
const nextOccurrence = (config: AnchorConfigInput, after: number): number => {
  const from = new Date(after * 1000)
  for (let months = 0; ; months += 1) {
    const time = occurrence(config, from, months)
    const fits = config.month === undefined || new Date(time * 1000).getUTCMonth() + 1 === config.month
    if (fits && time > after) return time
  }
}

const configured = (config: AnchorConfigInput): AnchorConfig => {
  const { day_of_month, hour = null, minute = null, month = null, second = null } = config
  return { day_of_month, hour, minute, month, second }
}

const startOf = (world: World, { backdate_start_date: date }: AnchorInput): number => {
  if (date === undefined) return world.now()
  if (date < world.now()) return date
  throw invalidRequest('`backdate_start_date` must be in the past.', { param: 'backdate_start_date' })
}

const checkAnchor = (anchor: number, from: number, { cadence }: Anchored): void => {
  if (anchor <= from) {
    throw invalidRequest('`billing_cycle_anchor` must be in the future, and not before the end of a trial.', {
      param: 'billing_cycle_anchor',
    })
  }
  const natural = boundary(from, cadence, 1)
  if (anchor <= natural) return
  throw invalidRequest(
    `\`billing_cycle_anchor\` cannot be later than next natural billing date (${natural}) for plan`,
    { param: 'billing_cycle_anchor' },
  )
}

const placeOf = (input: AnchorInput, from: number, anchored: Anchored): Pick<Anchor, 'at' | 'config'> => {
  const { billing_cycle_anchor: at, billing_cycle_anchor_config: config } = input
  if (config) {
    checkConfig(config, anchored.cadence)
    const next = nextOccurrence(config, from)
    if (next <= boundary(from, anchored.cadence, 1)) return { at: next, config: configured(config) }
    throw notSimulated('an anchor after the next natural billing date', 'billing_cycle_anchor_config[month]')
  }
  if (at === undefined) return { at: from, config: null }
  if (at !== anchored.trialEnd) checkAnchor(at, from, anchored)
  return { at, config: null }
}

/** From a request: by default a subscription is anchored to its start, or to the end of its trial. */
export const anchorOf = (world: World, input: AnchorInput, anchored: Anchored): Anchor => {
  if (input.billing_cycle_anchor !== undefined && input.billing_cycle_anchor_config !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: billing_cycle_anchor, billing_cycle_anchor_config.',
      { param: 'billing_cycle_anchor' },
    )
  }
  const from = anchored.trialEnd ?? world.now()
  return {
    ...placeOf(input, from, anchored),
    start: startOf(world, input),
    prorates: input.proration_behavior !== 'none',
  }
}
