import { checkCurrency } from '../../domain/currency.ts'
import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Coupon } from '../../domain/objects/catalog.ts'
import type { World } from '../../world.ts'
import { isWithin, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

type CurrencyOptions = NonNullable<Coupon['$currencyOptions']>

interface CouponInput {
  readonly amount_off?: number
  readonly applies_to?: { readonly products?: readonly string[] }
  readonly currency?: string
  readonly currency_options?: CurrencyOptions
  readonly duration?: Coupon['duration']
  readonly expand?: readonly string[]
  readonly duration_in_months?: number
  readonly id?: string
  readonly max_redemptions?: number
  readonly metadata?: MetadataInput
  readonly name?: string
  readonly percent_off?: number
  readonly redeem_by?: number
}

const checkOff = (input: CouponInput): void => {
  const { amount_off, percent_off, currency } = input
  if ((amount_off === undefined) === (percent_off === undefined)) {
    throw invalidRequest('You must pass exactly one of percent_off and amount_off.', { param: 'percent_off' })
  }
  if (percent_off !== undefined && (percent_off <= 0 || percent_off > 100)) {
    throw invalidRequest('Invalid percent_off: must be greater than 0 and at most 100.', { param: 'percent_off' })
  }
  if (amount_off !== undefined && currency === undefined) throw missingParam('currency')
}

const checkDuration = ({ duration, duration_in_months }: CouponInput): void => {
  if (duration === 'repeating' && duration_in_months === undefined) throw missingParam('duration_in_months')
}

const productsOf = (world: World, input: CouponInput): Partial<Coupon> => {
  const products = input.applies_to?.products
  for (const id of products ?? []) world.need('product', id, { param: 'applies_to[products]' })
  return products ? { $products: products } : {}
}

interface Amount {
  readonly amount_off?: number | null
  readonly currency?: string | null
}

/** What an amount off is in other currencies than its own. */
const optionsOf = (coupon: Amount, given: CurrencyOptions | undefined): Partial<Coupon> => {
  if (given === undefined) return {}
  if (coupon.amount_off == null) {
    throw invalidRequest('`currency_options` can only be set with `amount_off`.', { param: 'currency_options' })
  }
  const options = Object.entries(given).map(([code, option]) => {
    const param = `currency_options[${code}]`
    const currency = checkCurrency(code, param)
    if (currency === coupon.currency) throw invalidRequest(`The coupon is in ${currency} already.`, { param })
    return [currency, { amount_off: option.amount_off }]
  })
  return { $currencyOptions: Object.fromEntries(options) }
}

const refuseTaken = (world: World, input: CouponInput): void => {
  if (input.id !== undefined && world.store.get('coupon', input.id)) {
    throw invalidRequest('Coupon already exists.', { code: 'resource_already_exists', param: 'id' })
  }
}

const create = (world: World, input: CouponInput): Coupon => {
  checkOff(input)
  checkDuration(input)
  refuseTaken(world, input)
  const { metadata, applies_to: _applies, currency_options, expand: _expand, currency, ...fields } = input
  return world.insert(
    'coupon',
    {
      duration: 'once',
      valid: true,
      ...fields,
      currency: currency === undefined ? null : checkCurrency(currency),
      metadata: mergeMetadata({}, metadata),
      ...productsOf(world, input),
      ...optionsOf({ ...input, currency: currency?.toLowerCase() ?? null }, currency_options),
    },
    'coupon.created',
  )
}

interface CouponUpdate {
  readonly currency_options?: CurrencyOptions
  readonly metadata?: MetadataInput
  readonly name?: string
}

const needCoupon = (call: Call): Coupon => call.world.need('coupon', idOf(call), { status: 404, param: 'coupon' })

const update = (call: Call, { currency_options, metadata, name }: CouponUpdate): Coupon => {
  const coupon = needCoupon(call)
  const { $currencyOptions } = optionsOf(coupon, currency_options)
  const changes = {
    metadata: mergeMetadata((coupon.metadata ?? {}) as Record<string, string>, metadata),
    name: name ?? coupon.name,
    ...($currencyOptions ? { $currencyOptions: { ...coupon.$currencyOptions, ...$currencyOptions } } : {}),
  }
  return call.world.update(coupon, changes, 'coupon.updated')
}

const created = [
  'amount_off',
  'applies_to',
  'currency',
  'currency_options',
  'duration',
  'duration_in_months',
  'id',
  'max_redemptions',
  'metadata',
  'name',
  'percent_off',
  'redeem_by',
] as const

export const couponRoutes: Routes = {
  'POST /v1/coupons': route<CouponInput>(created, ({ world }, input) => create(world, input)),
  'GET /v1/coupons/{id}': route([], needCoupon),
  'POST /v1/coupons/{id}': route<CouponUpdate>(['currency_options', 'metadata', 'name'], update),
  'DELETE /v1/coupons/{id}': route([], (call) => {
    const { id } = needCoupon(call)
    const deleted = call.world.update({ object: 'coupon', id }, { valid: false })
    call.world.store.remove(id)
    call.world.emit('coupon.deleted', deleted)
    return { id, object: 'coupon', deleted: true }
  }),
  'GET /v1/coupons': route<{ created?: RangeInput }>([...pageParams, 'created'], (call, { created: range }) =>
    newestFirst(
      call,
      call.world.store.all('coupon').filter((coupon) => isWithin(coupon.created, range)),
    ),
  ),
}
