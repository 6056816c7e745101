import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { Phase, PhaseDiscount, PhaseInput, SubscriptionSchedule } from '../../domain/objects/schedule.ts'
import { boundary } from '../../domain/period.ts'
import type { World } from '../../world.ts'
import { refuseOther } from '../refuse-other.ts'
import { cadenceOf, checkPrices } from '../subscriptions/items.ts'
import { invoiceItemOf, itemOf } from './phase-items.ts'
import { blankTerms, servedTerms, termsOf } from './terms.ts'

const served = [
  ...servedTerms,
  'add_invoice_items',
  'currency',
  'discounts',
  'duration',
  'end_date',
  'items',
  'metadata',
  'proration_behavior',
  'start_date',
  'trial',
  'trial_end',
]

export const blankPhase = {
  ...blankTerms,
  add_invoice_items: [],
  application_fee_percent: null,
  billing_thresholds: null,
  default_tax_rates: [],
  discounts: [],
  metadata: {},
  on_behalf_of: null,
  proration_behavior: 'create_prorations',
  transfer_data: null,
  trial_end: null,
} as const

interface Timed {
  readonly customer: string
  readonly start: number
  readonly param: string
}

const moment = (world: World, given: number | 'now'): number => (given === 'now' ? world.now() : given)

const endOf = (world: World, input: PhaseInput, timed: Timed & { readonly first: string }): number => {
  const { start, first, param } = timed
  if (input.end_date !== undefined && input.duration !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: duration, end_date.', {
      param: `${param}[duration]`,
    })
  }
  const { interval, interval_count = 1 } = input.duration ?? cadenceOf(world.need('price', first))
  const end =
    input.end_date === undefined ? boundary(start, { interval, interval_count }, 1) : moment(world, input.end_date)
  if (end > start) return end
  throw invalidRequest('The end date of a phase must be after its start date.', { param: `${param}[end_date]` })
}

const discountsOf = (world: World, input: PhaseInput, param: string): PhaseDiscount[] =>
  (input.discounts || []).map((given, index) => {
    const at = `${param}[discounts][${index}]`
    if (given.coupon !== undefined) world.need('coupon', given.coupon, { param: `${at}[coupon]` })
    if (given.promotion_code !== undefined) {
      world.need('promotion_code', given.promotion_code, { param: `${at}[promotion_code]` })
    }
    return { coupon: null, discount: null, promotion_code: null, ...given }
  })

type Trial = Pick<Phase, 'trial' | 'trial_end'>

const refuseTrial = (input: PhaseInput, param: string): void => {
  if (input.trial === true && input.trial_end !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: trial, trial_end.', {
      param: `${param}[trial_end]`,
    })
  }
  if (input.billing_cycle_anchor !== 'phase_start') return
  throw invalidRequest('`billing_cycle_anchor` cannot be `phase_start` if the phase specifies a trial.', {
    param: `${param}[billing_cycle_anchor]`,
  })
}

const trialOf = (world: World, input: PhaseInput, span: { end: number; param: string }): Trial => {
  if (input.trial !== true && input.trial_end === undefined) return { trial_end: null }
  refuseTrial(input, span.param)
  if (input.trial_end === undefined) return { trial: true, trial_end: span.end }
  const trial_end = moment(world, input.trial_end)
  if (trial_end <= span.end) return { trial_end }
  throw invalidRequest('The trial of a phase must end before the phase does.', { param: `${span.param}[trial_end]` })
}

const currencyOf = (
  world: World,
  { currency: given }: PhaseInput,
  priced: { first: string; param: string },
): string => {
  const { first, param } = priced
  const { currency } = world.need('price', first)
  if (given === undefined || given.toLowerCase() === currency) return currency
  throw invalidRequest(`The currency of a phase must be its prices': \`${currency}\`.`, { param: `${param}[currency]` })
}

const phaseOf = (world: World, input: PhaseInput, timed: Timed): Phase => {
  const { start, param, customer } = timed
  refuseOther(input, served, param)
  const items = input.items.map((item, index) => itemOf(world, item, `${param}[items][${index}]`))
  const [first] = items
  if (!first) throw missingParam(`${param}[items]`)
  checkPrices(items.map((item) => world.need('price', item.price)))
  const currency = currencyOf(world, input, { first: first.price, param })
  const end = endOf(world, input, { ...timed, first: first.price })
  return {
    ...blankPhase,
    ...termsOf(world, input, { before: blankTerms, customer, param }),
    add_invoice_items: (input.add_invoice_items ?? []).map((item, index) =>
      invoiceItemOf(world, item, { currency, param: `${param}[add_invoice_items][${index}]` }),
    ),
    currency,
    discounts: discountsOf(world, input, param),
    end_date: end,
    items,
    metadata: mergeMetadata({}, input.metadata),
    proration_behavior: input.proration_behavior ?? 'create_prorations',
    start_date: start,
    ...trialOf(world, input, { end, param }),
  }
}

const refuseMoved = (world: World, input: PhaseInput, { start, param }: Timed): void => {
  if (input.start_date === undefined || moment(world, input.start_date) === start) return
  throw invalidRequest(
    param === 'phases[0]'
      ? 'You can not modify the start date of the current phase.'
      : 'The start date of a phase must be the end date of the one before it.',
    { param: `${param}[start_date]` },
  )
}

export interface Planned {
  readonly customer: string
  readonly inputs: readonly PhaseInput[]
  /** When the first phase starts. */
  readonly start: number
}

/** Phases from what a request says of them: one after the other. */
export const phasesFrom = (world: World, { customer, inputs, start: first }: Planned): Phase[] => {
  if (inputs.length === 0) throw missingParam('phases')
  const phases: Phase[] = []
  for (const [index, input] of inputs.entries()) {
    const timed = { customer, param: `phases[${index}]`, start: phases.at(-1)?.end_date ?? first }
    refuseMoved(world, input, timed)
    phases.push(phaseOf(world, input, timed))
  }
  return phases
}

/** The same for a schedule that is there: from its current phase on, or from its start. */
export const phasesOf = (world: World, schedule: SubscriptionSchedule, inputs: readonly PhaseInput[]): Phase[] => {
  const { customer, current_phase } = schedule
  const given = inputs[0]?.start_date
  const planned = schedule.phases[0]?.start_date ?? world.now()
  const start = current_phase?.start_date ?? (given === undefined ? planned : moment(world, given))
  const phases = phasesFrom(world, { customer, inputs, start })
  if ((phases[0]?.end_date ?? 0) >= world.now()) return phases
  throw invalidRequest('The current phase must be included when updating a schedule.', { param: 'phases' })
}
