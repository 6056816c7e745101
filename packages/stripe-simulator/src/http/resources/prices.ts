import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Price, Recurring, TaxBehavior } from '../../domain/objects/catalog.ts'
import {
  type CurrencyOptionsInput,
  claimLookupKey,
  createPrice,
  currencyOptions,
  type PriceInput,
} from '../../flows/prices.ts'
import type { World } from '../../world.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { idOf, type Routes, route } from '../route.ts'

interface PriceUpdate {
  readonly active?: boolean
  readonly currency_options?: CurrencyOptionsInput | ''
  readonly lookup_key?: string
  readonly metadata?: MetadataInput
  readonly nickname?: string
  readonly tax_behavior?: TaxBehavior
  readonly transfer_lookup_key?: boolean
}

interface PriceList {
  readonly active?: boolean
  readonly created?: RangeInput
  readonly currency?: string
  readonly lookup_keys?: readonly string[]
  readonly product?: string
  readonly recurring?: Partial<Recurring>
  readonly type?: string
}

const changeable = [
  'active',
  'currency_options',
  'lookup_key',
  'metadata',
  'nickname',
  'tax_behavior',
  'transfer_lookup_key',
] as const
const createable = [
  ...changeable,
  'billing_scheme',
  'currency',
  'custom_unit_amount',
  'product',
  'product_data',
  'recurring',
  'tiers',
  'tiers_mode',
  'transform_quantity',
  'unit_amount',
  'unit_amount_decimal',
] as const

/** Said once, it stays: what was sold with tax in it cannot be sold without. */
const refuseOtherTax = ({ tax_behavior: now }: Price, wanted: TaxBehavior | undefined): void => {
  if (wanted === undefined || now === 'unspecified' || wanted === now) return
  throw invalidRequest(`The tax behavior of a price cannot be changed once it is ${now}.`, { param: 'tax_behavior' })
}

const optionsOf = (price: Price, { currency_options }: PriceUpdate): Pick<Price, '$currencyOptions'> => {
  if (currency_options === undefined) return {}
  if (currency_options === '') return { $currencyOptions: {} }
  return { $currencyOptions: { ...price.$currencyOptions, ...currencyOptions(price, currency_options) } }
}

const updatePrice = (world: World, id: string, input: PriceUpdate): Price => {
  const price = world.need('price', id, { status: 404, param: 'price' })
  refuseOtherTax(price, input.tax_behavior)
  if (input.lookup_key !== price.lookup_key) {
    claimLookupKey(world, input.lookup_key, input.transfer_lookup_key === true)
  }
  const changes = {
    active: input.active ?? price.active,
    lookup_key: input.lookup_key === undefined ? price.lookup_key : input.lookup_key || null,
    metadata: mergeMetadata(price.metadata, input.metadata),
    nickname: input.nickname === undefined ? price.nickname : input.nickname || null,
    tax_behavior: input.tax_behavior ?? price.tax_behavior,
    ...optionsOf(price, input),
  }
  return world.update(price, changes, 'price.updated')
}

const hasKey = (price: Price, keys: readonly string[] | undefined): boolean =>
  keys === undefined || keys.includes(price.lookup_key ?? '')

const recurs = (price: Price, wanted: Partial<Recurring> | undefined): boolean =>
  wanted === undefined ||
  (price.recurring !== null &&
    Object.entries(wanted).every(([name, value]) => price.recurring?.[name as keyof Recurring] === value))

export const priceRoutes: Routes = {
  'POST /v1/prices': route<PriceInput>(createable, ({ world }, input) => createPrice(world, input)),
  'GET /v1/prices/{id}': route([], (call) => call.world.need('price', idOf(call), { status: 404, param: 'price' })),
  'POST /v1/prices/{id}': route<PriceUpdate>(changeable, (call, input) => updatePrice(call.world, idOf(call), input)),
  'GET /v1/prices': route<PriceList>(
    [...pageParams, 'active', 'created', 'currency', 'lookup_keys', 'product', 'recurring', 'type'],
    (call, { created, lookup_keys, active, currency, product, recurring, type }) =>
      newestFirst(
        call,
        call.world.store
          .all('price')
          .filter((price) => matches(price, { active, currency, product, type }))
          .filter(
            (price) => isWithin(price.created, created) && hasKey(price, lookup_keys) && recurs(price, recurring),
          ),
      ),
  ),
}
