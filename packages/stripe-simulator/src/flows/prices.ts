import { checkCurrency } from '../domain/currency.ts'
import { priceIn } from '../domain/currency-options.ts'
import { invalidRequest, missingParam } from '../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../domain/metadata.ts'
import type { CurrencyOption, Interval, Price, Product, Recurring, TaxBehavior } from '../domain/objects/catalog.ts'
import { amountFor } from '../domain/pricing.ts'
import type { World } from '../world.ts'
import { type OptionInput, optionOf, type PriceTerms, termsOf } from './price-terms.ts'

export interface RecurringInput {
  readonly interval: Interval
  readonly interval_count?: number
  readonly meter?: string
  readonly trial_period_days?: number
  readonly usage_type?: 'licensed' | 'metered'
}

export type CurrencyOptionsInput = Readonly<Record<string, OptionInput>>

export interface ProductData
  extends Partial<Pick<Product, 'active' | 'statement_descriptor' | 'tax_code' | 'unit_label'>> {
  readonly name: string
  readonly id?: string
  readonly metadata?: MetadataInput
  readonly tax_details?: TaxDetailsInput
}

export type TaxDetailsInput = Partial<Record<'performance_location' | 'tax_code', string>>

export interface PriceInput extends PriceTerms {
  readonly active?: boolean
  readonly currency_options?: CurrencyOptionsInput
  readonly lookup_key?: string
  readonly metadata?: MetadataInput
  readonly nickname?: string
  readonly product?: string
  readonly product_data?: ProductData
  readonly recurring?: RecurringInput
  readonly tax_behavior?: TaxBehavior
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
export const noDetails = {
  default_price: null,
  statement_descriptor: null,
  tax_code: null,
  tax_details: null,
  unit_label: null,
}

/** Where and how a product is taxed; empty: nowhere in particular. */
export const taxDetailsOf = (given: TaxDetailsInput | '' | undefined) =>
  given === undefined
    ? {}
    : { tax_details: given === '' ? null : { performance_location: null, tax_code: null, ...given } }

const productOf = (world: World, input: PriceInput): string => {
  if (input.product !== undefined) return world.need('product', input.product, { param: 'product' }).id
  if (!input.product_data) throw missingParam('product')
  const { metadata, tax_details, ...fields } = input.product_data
  const base = { active: true, ...noDetails, type: 'service' as const, updated: world.now() }
  const product = { ...base, ...fields, ...taxDetailsOf(tax_details), metadata: mergeMetadata({}, metadata) }
  return world.insert('product', product, 'product.created').id
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
export const priceAmount = (world: World, price: Price, quantity: number): number => {
  const stored = world.store.get('price', price.id)
  return amountFor((stored && priceIn(stored, price.currency)) ?? price, quantity)
}

/** What a price costs in other currencies than its own. */
export const currencyOptions = (
  price: Pick<Price, 'currency' | '$tiers'>,
  input: CurrencyOptionsInput,
): Readonly<Record<string, CurrencyOption>> =>
  Object.fromEntries(
    Object.entries(input).map(([code, option]) => {
      const param = `currency_options[${code}]`
      const currency = checkCurrency(code, param)
      if (currency === price.currency) {
        throw invalidRequest(`The price is in ${currency} already: its own amount is what it costs there.`, { param })
      }
      return [currency, optionOf(price.$tiers !== undefined, currency, option)]
    }),
  )

/** A price as it is sold in a currency; without one, in its own. */
export const soldIn = (price: Price, currency: string | undefined, param: string): Price => {
  const found = currency === undefined ? price : priceIn(price, currency.toLowerCase())
  if (found) return found
  throw invalidRequest(
    `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${currency}\`.`,
    { param },
  )
}

const optionsOf = (input: PriceInput, terms: Partial<Price>): Pick<Price, '$currencyOptions'> => {
  if (!input.currency_options) return {}
  const price = { currency: input.currency.toLowerCase(), ...(terms.$tiers ? { $tiers: terms.$tiers } : {}) }
  return { $currencyOptions: currencyOptions(price, input.currency_options) }
}

const refuseCustomRecurring = ({ custom_unit_amount }: Partial<Price>, recurring: Recurring | null): void => {
  if (!custom_unit_amount || !recurring) return
  throw invalidRequest('`custom_unit_amount` can only be set on one-time prices.', { param: 'custom_unit_amount' })
}

export const createPrice = (world: World, input: PriceInput): Price => {
  const currency = checkCurrency(input.currency)
  const terms = termsOf({ ...input, currency })
  const recurring = recurringOf(world, input.recurring)
  refuseCustomRecurring(terms, recurring)
  claimLookupKey(world, input.lookup_key, input.transfer_lookup_key === true)
  return world.insert(
    'price',
    {
      active: input.active ?? true,
      currency,
      custom_unit_amount: null,
      lookup_key: input.lookup_key ?? null,
      metadata: mergeMetadata({}, input.metadata),
      nickname: input.nickname ?? null,
      product: productOf(world, input),
      recurring,
      tax_behavior: input.tax_behavior ?? 'unspecified',
      type: recurring ? 'recurring' : 'one_time',
      ...terms,
      ...optionsOf(input, terms),
    },
    'price.created',
  )
}
