import { invalidRequest, missingParam, notSimulated } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { Phase, PhaseInput, PhaseItem, SubscriptionSchedule } from '../../domain/objects/schedule.ts'
import { boundary } from '../../domain/period.ts'
import type { World } from '../../world.ts'
import { cadenceOf, checkPrices, quantityOf, recurringPrice } from '../subscriptions/items.ts'

const served = ['duration', 'end_date', 'items', 'metadata', 'proration_behavior', 'start_date']
const servedOfItems = ['metadata', 'price', 'quantity']

const refuseOther = (fields: object, known: readonly string[], param: string): void => {
  const other = Object.keys(fields).find((name) => !known.includes(name))
  if (other !== undefined) throw notSimulated(`\`${param}[${other}]\``, `${param}[${other}]`)
}

type ItemInput = PhaseInput['items'][number]

export const phaseItem = (
  price: string,
  { quantity, metadata }: Pick<ItemInput, 'quantity' | 'metadata'>,
): PhaseItem => ({
  billing_thresholds: null,
  discounts: [],
  metadata: mergeMetadata({}, metadata),
  plan: price,
  price,
  tax_rates: [],
  ...(quantity === undefined ? {} : { quantity }),
})

const itemOf = (world: World, input: ItemInput, param: string): PhaseItem => {
  refuseOther(input, servedOfItems, param)
  const price = recurringPrice(world, input, param)
  const quantity = quantityOf(price, input.quantity, param)
  return phaseItem(price.id, { ...input, ...(quantity === undefined ? {} : { quantity }) })
}

export const blankPhase = {
  add_invoice_items: [],
  application_fee_percent: null,
  billing_cycle_anchor: null,
  billing_thresholds: null,
  collection_method: null,
  default_payment_method: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  invoice_settings: null,
  metadata: {},
  on_behalf_of: null,
  proration_behavior: 'create_prorations',
  transfer_data: null,
  trial_end: null,
} as const

const endOf = (world: World, input: PhaseInput, timed: { start: number; first: PhaseItem; param: string }): number => {
  const { start, first, param } = timed
  if (input.end_date !== undefined && input.duration !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: duration, end_date.', {
      param: `${param}[duration]`,
    })
  }
  const { interval, interval_count = 1 } = input.duration ?? cadenceOf(world.need('price', first.price))
  const end = input.end_date ?? boundary(start, { interval, interval_count }, 1)
  if (end > start) return end
  throw invalidRequest('The end date of a phase must be after its start date.', { param: `${param}[end_date]` })
}

const phaseOf = (world: World, input: PhaseInput, timed: { start: number; param: string }): Phase => {
  const { start, param } = timed
  refuseOther(input, served, param)
  const items = input.items.map((item, index) => itemOf(world, item, `${param}[items][${index}]`))
  const [first] = items
  if (!first) throw missingParam(`${param}[items]`)
  const prices = items.map((item) => world.need('price', item.price))
  checkPrices(prices)
  return {
    ...blankPhase,
    currency: prices[0]?.currency ?? 'usd',
    end_date: endOf(world, input, { start, first, param }),
    items,
    metadata: mergeMetadata({}, input.metadata),
    proration_behavior: input.proration_behavior ?? 'create_prorations',
    start_date: start,
  }
}

const refuseMoved = (input: PhaseInput, start: number, param: string): void => {
  if (input.start_date === undefined || input.start_date === start) return
  throw invalidRequest(
    param === 'phases[0]'
      ? 'You can not modify the start date of the current phase.'
      : 'The start date of a phase must be the end date of the one before it.',
    { param: `${param}[start_date]` },
  )
}

/** Phases from what a request says of them: one after the other, from the current one on. */
export const phasesOf = (world: World, schedule: SubscriptionSchedule, inputs: readonly PhaseInput[]): Phase[] => {
  if (inputs.length === 0) throw missingParam('phases')
  const phases: Phase[] = []
  for (const [index, input] of inputs.entries()) {
    const param = `phases[${index}]`
    const start = phases.at(-1)?.end_date ?? schedule.current_phase?.start_date ?? world.now()
    refuseMoved(input, start, param)
    phases.push(phaseOf(world, input, { start, param }))
  }
  if ((phases[0]?.end_date ?? 0) > world.now()) return phases
  throw invalidRequest('The current phase must be included when updating a schedule.', { param: 'phases' })
}
