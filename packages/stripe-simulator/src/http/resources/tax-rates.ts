import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { TaxRate } from '../../domain/objects/tax.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface RateInput {
  readonly active?: boolean
  readonly country?: string
  readonly description?: string
  readonly display_name?: string
  readonly inclusive?: boolean
  readonly jurisdiction?: string
  readonly metadata?: MetadataInput
  readonly percentage?: number
  readonly state?: string
  readonly tax_type?: string
}

interface RateList {
  readonly active?: boolean
  readonly created?: RangeInput
  readonly inclusive?: boolean
}

const described = ['active', 'country', 'description', 'display_name', 'jurisdiction', 'metadata', 'state', 'tax_type']

const needRate = (call: Call): TaxRate => call.world.need('tax_rate', idOf(call), { status: 404, param: 'tax_rate' })

const fieldsOf = (input: RateInput): Partial<TaxRate> =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([name]) => name !== 'metadata' && name !== 'expand')
      .map(([name, value]) => [name, value === '' ? null : value]),
  )

const create = ({ world }: Call, input: RateInput): TaxRate =>
  world.insert(
    'tax_rate',
    {
      active: true,
      effective_percentage: input.percentage ?? 0,
      rate_type: 'percentage',
      ...fieldsOf(input),
      metadata: mergeMetadata({}, input.metadata),
    },
    'tax_rate.created',
  )

const update = (call: Call, input: RateInput): TaxRate => {
  const rate = needRate(call)
  const metadata = mergeMetadata(rate.metadata, input.metadata)
  return call.world.update(rate, { ...fieldsOf(input), metadata }, 'tax_rate.updated')
}

export const taxRateRoutes: Routes = {
  'POST /v1/tax_rates': route<RateInput>([...described, 'inclusive', 'percentage'], create),
  'GET /v1/tax_rates/{id}': route([], needRate),
  'POST /v1/tax_rates/{id}': route<RateInput>(described, update),
  'GET /v1/tax_rates': route<RateList>(
    [...pageParams, 'active', 'created', 'inclusive'],
    (call, { active, created, inclusive }) =>
      newestFirst(
        call,
        call.world.store
          .all('tax_rate')
          .filter((rate) => matches(rate, { active, inclusive }) && isWithin(rate.created, created)),
      ),
  ),
}
