import { invalidRequest, missingParam } from '../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../domain/metadata.ts'
import type { Interval, Price, Recurring } from '../domain/objects/catalog.ts'
import { amountFor } from '../domain/pricing.ts'
import type { World } from '../world.ts'
import { type PriceTerms, termsOf } from './price-terms.ts'

export interface RecurringInput {
  readonly interval: Interval
  readonly interval_count?: number
  readonly meter?: string
  readonly trial_period_days?: number
  readonly usage_type?: 'licensed' | 'metered'
}

export interface PriceInput extends PriceTerms {
  readonly active?: boolean
  readonly currency: string
  readonly lookup_key?: string
  readonly metadata?: MetadataInput
  readonly nickname?: string
  readonly product?: string
  readonly product_data?: { readonly name: string; readonly id?: string; readonly metadata?: MetadataInput }
  readonly recurring?: RecurringInput
  readonly tax_behavior?: string
  readonly transfer_lookup_key?: boolean
}

const longest: Readonly<Record<Interval, number>> = { day: 1095, week: 156, month: 36, year: 3 }

/** Usage is counted by a meter: a metered price names the one that counts for it. */
const meterOf = (world: World, { meter, usage_type }: RecurringInput): string | null => {
  if (usage_type !== 'metered') {
    if (meter === undefined) return null
    throw invalidRequest('`recurring[meter]` can only be set when `recurring[usage_type]` is `metered`.', {
      param: 'recurring[meter]',
    })
  }
  if (meter === undefined) throw missingParam('recurring[meter]')
  if (world.need('billing.meter', meter, { param: 'recurring[meter]' }).status === 'active') return meter
  throw invalidRequest('The meter is not active.', { param: 'recurring[meter]' })
}

const recurringOf = (world: World, input: RecurringInput | undefined): Recurring | null => {
  if (!input) return null
  const count = input.interval_count ?? 1
  if (count < 1 || count > longest[input.interval]) {
    throw invalidRequest('Invalid interval_count: a price can be billed every three years at most.', {
      param: 'recurring[interval_count]',
    })
  }
  return {
    interval: input.interval,
    interval_count: count,
    meter: meterOf(world, input),
    trial_period_days: input.trial_period_days ?? null,
    usage_type: input.usage_type ?? 'licensed',
  }
}

/** What a product has none of unless it is given. */
export const noDetails = { default_price: null, statement_descriptor: null, tax_code: null, unit_label: null }

const productOf = (world: World, input: PriceInput): string => {
  if (input.product !== undefined) return world.need('product', input.product, { param: 'product' }).id
  if (!input.product_data) throw missingParam('product')
  const { metadata, ...fields } = input.product_data
  const product = { ...noDetails, ...fields, active: true, type: 'service', updated: world.now() }
  return world.insert('product', { ...product, metadata: mergeMetadata({}, metadata) }, 'product.created').id
}

/** One price has a lookup key at a time; it moves to another only when that is asked for. */
export const claimLookupKey = (world: World, key: string | undefined, transfer: boolean): void => {
  const holder = key ? world.store.all('price').find((price) => price.lookup_key === key) : undefined
  if (!holder) return
  if (!transfer) {
    throw invalidRequest(
      `A price (\`${holder.id}\`) already uses that lookup key. Use \`transfer_lookup_key\` to transfer it to this price.`,
      { param: 'lookup_key' },
    )
  }
  world.update(holder, { lookup_key: null }, 'price.updated')
}

/** What a quantity costs. Prices are shown without their tiers: the stored one knows them. */
export const priceAmount = (world: World, price: Price, quantity: number): number =>
  amountFor(world.store.get('price', price.id) ?? price, quantity)

export const createPrice = (world: World, input: PriceInput): Price => {
  const terms = termsOf(input)
  const recurring = recurringOf(world, input.recurring)
  claimLookupKey(world, input.lookup_key, input.transfer_lookup_key === true)
  return world.insert(
    'price',
    {
      active: input.active ?? true,
      currency: input.currency.toLowerCase(),
      lookup_key: input.lookup_key ?? null,
      metadata: mergeMetadata({}, input.metadata),
      nickname: input.nickname ?? null,
      product: productOf(world, input),
      recurring,
      tax_behavior: input.tax_behavior ?? 'unspecified',
      type: recurring ? 'recurring' : 'one_time',
      ...terms,
    },
    'price.created',
  )
}
